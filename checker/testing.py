"""For tests of programs that use checker: a server that speaks the OpenAI protocol, with scripted answers and faults.

    with FakeServer(Script.of([{"match": ".", "fault": "status", "status": 429, "retry_after": 1}])) as server:
        settings = load_settings(llm__model="openai:fake", llm__base_url=server.address)

`python -m checker.llm.fake_server SCRIPT` serves a script from the command line; `checker.llm.fake_script` says how one
is written.
"""

from checker.llm.fake_script import FAULTS, FakeAnswer, FakeRequest, Responder, Rule, Script
from checker.llm.fake_server import MODEL, FakeServer

__all__ = ["FAULTS", "MODEL", "FakeAnswer", "FakeRequest", "FakeServer", "Responder", "Rule", "Script"]
