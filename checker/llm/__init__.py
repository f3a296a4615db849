"""The prompted engine's ground: a chat model behind one small protocol, its answers kept, its cost capped.

prompts      files with roles and inputs; what is put in can open no role
client       ask(): cache, budget, limiter, retries, one re-ask, a validated reply or a typed error
batch        questions to a file and answers from one, in the form of the Batch API
langchain    the only module that knows LangChain; one request out, one raw answer or failure back
fake_server  a public stand-in that speaks the OpenAI protocol, with faults on demand
"""
