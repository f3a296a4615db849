"""Denials, opposites, limits and turned roles: what conflicts, what agrees, and what must at least be silence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model import ReasonCode
from checker.verify.checks.findings import Context, Relation
from checker.verify.checks.negation import check_negation

AGREES, CONFLICTS, SILENT = Relation.AGREES, Relation.CONFLICTS, Relation.SILENT
HERE = Context(claim_date=date(2024, 6, 20), source_date=date(2024, 6, 19))

DENIALS = [
    ("The dam did not fail.", "The dam failed."),
    ("The police found the boat.", "The police found the boat's owner but not the boat."),
    ("The museum is free for children.", "The museum is free for visitors but not for children."),
    ("The report found evidence of fraud.", "The report found no evidence of fraud."),
    ("The tax does not apply to homes.", "The tax applies to homes."),
    ("The ship carried no passengers.", "The ship carried 40 passengers."),
    ("The charity lost its licence.", "The charity did not lose its licence."),
    ("The council approved the budget.", "The council did not approve the budget."),
    ("The council did not approve the budget.", "The council approved the budget."),
    ("The harbour plan was approved.", "The harbour plan was not approved."),
    ("The harbour plan was approved by the council.", "The council didn't approve the harbour plan."),
    ("The bill passed the assembly.", "The bill failed to pass the assembly."),
    ("The union signed the deal.", "The union refused to sign the deal."),
    ("The minister signed the order.", "The minister declined to sign the order."),
    ("The crew repaired the pump.", "The crew was unable to repair the pump."),
    ("No one was injured in the fire.", "Two people were injured in the fire."),
    ("Two people were injured in the fire.", "No one was injured in the fire."),
    ("Nobody was hurt in the crash.", "A passenger was hurt in the crash."),
    ("No houses were damaged by the flood.", "Several houses were damaged by the flood."),
    ("The inspectors found no cracks in the wall.", "The inspectors found cracks in the wall."),
    ("The inspectors found cracks in the wall.", "The inspectors found no cracks in the wall."),
    ("None of the ferries sailed.", "The ferries sailed as usual."),
    ("The bridge has never been closed.", "The bridge has been closed."),
    ("The bridge is open.", "The bridge is no longer open."),
    ("The school will not reopen.", "The school will reopen."),
    ("The driver wasn't arrested.", "The driver was arrested."),
    ("The lift cannot carry wheelchairs.", "The lift can carry wheelchairs."),
    ("Neither the mayor nor the council knew of the leak.", "The mayor and the council knew of the leak."),
]

OPPOSITES = [
    ("Exports to Norland rose last year.", "Exports to Norland fell last year."),
    ("Most members voted against the motion.", "Most members voted for the motion."),
    ("The council voted for the plan.", "The council rejected the plan."),
    ("The council allows fires on the beach.", "Fires on the beach are banned by the council."),
    ("The council approved the budget.", "The council rejected the budget."),
    ("The council rejected the harbour plan.", "The council approved the harbour plan."),
    ("The court acquitted the captain.", "The court convicted the captain."),
    ("The captain was found guilty.", "The captain was acquitted: found innocent."),
    ("The port bans large ships.", "The port allows large ships."),
    ("Ticket sales rose on the island route.", "Ticket sales fell on the island route."),
    ("Ticket sales increased by a tenth.", "Ticket sales decreased by a tenth."),
    ("Rovers won the cup final.", "Rovers lost the cup final."),
    ("The mayor confirmed the closure of the yard.", "The mayor denied the closure of the yard."),
    ("The driver was unhurt in the crash.", "The driver was injured in the crash."),
    ("The residents support the wind farm.", "The residents oppose the wind farm."),
    ("The ferry line made a profit last year.", "The ferry line made a loss last year."),
    ("Fishing there is legal.", "Fishing there is illegal."),
    ("The gate is closed.", "The gate is open."),
    ("The union accepted the offer.", "The union declined the offer."),
    ("The union accepted the offer.", "The union rejected the offer."),
]

AGREEING = [
    ("The court rejected the builder's appeal.", "The builder's appeal was rejected by the court."),
    ("There was no rust on the deck.", "The deck was free of rust."),
    ("The council voted against the plan.", "The council voted against the plan."),
    ("The ship left with no passengers.", "The ship left without passengers."),
    ("No decision has been made.", "A decision has not been made."),
    ("The report found no evidence of fraud.", "The report found no evidence of fraud but criticised the accounts."),
    ("The council did not approve the budget.", "The budget was not approved by the council."),
    ("The council did not approve the budget.", "The council didn't approve the budget."),
    ("No one was injured in the fire.", "Nobody was injured in the fire."),
    ("The union refused to sign the deal.", "The union did not sign the deal."),
    ("The bridge has never been closed.", "The bridge has never been closed."),
    ("The council did not approve the plan.", "The council rejected the plan."),
]

QUIET = [
    ("The market is held every Tuesday.", "The market is held on Tuesdays."),
    ("The bridge opened to traffic.", "Officials opened the bridge to traffic."),
    ("The boat must be tested within 60 days.", "The boat must be tested not later than 60 days after."),
    ("All three pumps were mended.", "The three pumps were mended."),
    ("The ship was built at Norcastle.", "The ship, built at Norcastle, came in 1974."),
    ("The council approved the plan.", "The council approved the plan after rejecting two earlier ones."),
    ("The bridge was closed for repairs.", "The bridge, which opened in 1921, was closed for repairs."),
    ("Unemployment fell in May.", "Unemployment fell in May but rose in June."),
    ("The police arrested three men.", "The police arrested three men and later released one."),
    ("The council approved the budget.", "The council approved the budget."),
    ("The council approved the budget.", "The council passed the budget on Monday."),
    ("The council approved the budget.", "The council approved the budget, although it does not pay for a stadium."),
    ("The council approved the budget.", "The council not only approved the budget but praised it."),
    ("The crowd numbered 300.", "The crowd numbered no fewer than 300."),
    ("The bridge opened in June.", "The bridge did not open until June."),
    ("The ferry carries cars.", "The ferry carries cars without fail."),
    ("Rovers beat United.", "Rovers beat United in the final."),
    ("Rovers beat United.", "United were beaten by Rovers."),
    ("The council sued the builder.", "The builder was sued by the council."),
    ("The school is north of the river.", "The school stands north of the river."),
]

AT_LEAST_SILENT = [
    ("The council rejected the plan.", "The council rejected the tax but approved the plan."),
    ("The bridge was built by the army.", "The bridge was built for the army."),
    ("He is not the mayor.", "He is the former mayor."),
    ("The vaccine is safe.", "The vaccine is not known to be safe."),
    ("The treaty bans the mines.", "The treaty does not cover the mines."),
    ("The council approved the budget.", "The council denied that it approved the budget."),
    ("The council approved the budget.", "The council has not yet approved the budget."),
    ("The fire destroyed the hall.", "The fire did not entirely destroy the hall."),
    ("The mayor lied to the council.", "There is no evidence that the mayor lied to the council."),
    ("The council approved the tax.", "The council approved the budget but did not approve the tax."),
    ("Pests did not damage the east wall.", "Pests damaged the west wall."),
    ("The council did not approve the plan on Monday.", "The council approved the plan on Tuesday."),
    ("The council rejected the plan.", "The council discussed the plan."),
    ("The crew failed to reach the island.", "The crew tried to reach the island."),
    ("The shop opened.", "The shop closed."),
    ("The trial began on Monday.", "The trial ended."),
    ("The north wall was repaired.", "The south wall was repaired."),
    ("Sales fell in the north.", "Sales rose in the north but fell in the south."),
    ("The driver was not injured.", "The passenger was injured."),
    ("The council approved the plan.", "The plan would not be approved by the council."),
    ("The bridge was unsafe.", "The bridge was not found to be unsafe."),
    ("The board rejected the plan.", "The board did not approve the plan."),
    ("The ferry was hardly damaged.", "The ferry was damaged."),
]

OVERSTATED = [
    ("It is the only lighthouse on the island.", "It is one of the lighthouses on the island."),
    ("It is the only lighthouse on the coast.", "It is not the only lighthouse on the coast."),
    ("She was the first woman to row the strait.", "She was one of the first women to row the strait."),
    ("She was the first woman to row the strait.", "She was among the first women to row the strait."),
    ("It is the largest port in the region.", "It is one of the largest ports in the region."),
    ("It is the largest port in the region.", "It is the second-largest port in the region."),
    ("It is the region's busiest port.", "It is among the busiest ports in the region."),
    ("It is the most expensive bridge in the county.", "It is one of the most expensive bridges in the county."),
    ("All residents were moved out.", "Most residents were moved out."),
    ("All the residents were moved out.", "Some of the residents were moved out."),
    ("Every house lost power.", "Nearly every house lost power."),
    ("All schools closed.", "Not all schools closed."),
    ("The ferry always sails on time.", "The ferry usually sails on time."),
    ("The ferry never sails late.", "The ferry rarely sails late."),
    ("Most residents back the plan.", "Some residents back the plan."),
    ("Both pumps failed.", "Only one of the pumps failed."),
]

LIMIT_MISSING = [
    ("It is the only lighthouse on the island.", "It is a lighthouse on the island."),
    ("It is the largest port in the region.", "It is a port in the region."),
    ("All residents were moved out.", "Residents were moved out."),
    ("The ferry always sails on time.", "The ferry sails on time."),
    ("The first ferry reached the island.", "A ferry reached the island."),
    ("Most residents back the plan.", "Residents back the plan."),
]

LIMIT_MET = [
    ("It is the only lighthouse on the island.", "The island's only lighthouse stands there."),
    ("It is one of the largest ports in the region.", "It is the largest port in the region."),
    ("All residents were moved out.", "Every resident was moved out."),
    ("The vote was unanimous.", "All members voted for it in a unanimous vote."),
    ("Most residents back the plan.", "Most of the residents back the plan."),
    ("It is the largest port.", "It is the largest port of all."),
]

TURNED = [
    ("Ashford Council owes Millbrook Council money.", "Millbrook Council owes Ashford Council money.", CONFLICTS),
    ("Ashford owes Millbrook money.", "Millbrook owes Ashford money.", CONFLICTS),
    ("Crime is rarer in the north than in the south.", "Crime is rarer in the south than in the north.", CONFLICTS),
    ("The teacher praised the pupil.", "The pupil praised the teacher.", CONFLICTS),
    ("Doctors treated the pilot.", "Doctors were treated by the pilot.", SILENT),
    ("Rovers beat United in the final.", "United beat Rovers in the final.", CONFLICTS),
    ("Rovers beat United in the final.", "Rovers were beaten by United in the final.", CONFLICTS),
    ("The council sued the builder.", "The builder sued the council.", CONFLICTS),
    ("Ana Ruiz succeeded Tom Hale as mayor.", "Tom Hale succeeded Ana Ruiz as mayor.", CONFLICTS),
    ("The harbour office guided the pilot.", "The pilot guided the harbour office.", SILENT),
    ("The siren sounded before the explosion.", "The siren sounded after the explosion.", CONFLICTS),
    ("The siren sounded before the explosion.", "The explosion came before the siren.", CONFLICTS),
    ("The old bridge is longer than the new tunnel.", "The new tunnel is longer than the old bridge.", CONFLICTS),
    ("Millbrook lies north of Ashford.", "Ashford lies north of Millbrook.", CONFLICTS),
]


def test_the_note_of_a_denial_quotes_the_source():
    """A reader sees the denying words with what they deny."""
    (finding,) = check_negation("The council approved the budget.", "The council has not approved the budget.", HERE)
    assert finding.note == "the source denies what the draft says (“not approved”)"


def test_the_title_of_a_source_can_name_what_its_sentence_is_about():
    """A sentence that goes on about “the vessel” denies what the claim says of the ship that the title names."""
    context = Context(source_title="Condition survey of the Grey Heron")
    claim = "The Grey Heron is cleared to carry cars in storms."
    findings = check_negation(claim, "The vessel is not cleared to carry cars in storms.", context)
    assert [item.relation for item in findings] == [CONFLICTS]


def relations(claim: str, sentence: str) -> set[Relation]:
    return {finding.relation for finding in check_negation(claim, sentence, HERE)}


@pytest.mark.parametrize(("claim", "sentence"), [*DENIALS, *OPPOSITES])
def test_the_opposite_of_a_claim_conflicts_with_it(claim, sentence):
    """A denial of the shared predicate, or a word that shuts the claim's out, speaks against the claim."""
    findings = [item for item in check_negation(claim, sentence, HERE) if item.relation is CONFLICTS]
    assert [item.code for item in findings] == [ReasonCode.NEGATED]


@pytest.mark.parametrize(("claim", "sentence"), AGREEING)
def test_denials_alike_agree(claim, sentence):
    """A claim's denial that the sentence makes too is no obstacle to support."""
    assert relations(claim, sentence) == {AGREES}


@pytest.mark.parametrize(("claim", "sentence"), QUIET)
def test_texts_that_go_one_way_leave_nothing_to_say(claim, sentence):
    """No finding stands in the way where neither text denies what the other says."""
    assert relations(claim, sentence) == set()


@pytest.mark.parametrize(("claim", "sentence"), AT_LEAST_SILENT)
def test_a_denial_that_is_not_certain_is_silence(claim, sentence):
    """What one text denies and the other says is never support, and no conflict unless it is plain."""
    found = relations(claim, sentence)
    assert SILENT in found
    assert CONFLICTS not in found


@pytest.mark.parametrize(("claim", "sentence"), OVERSTATED)
def test_a_limit_that_the_source_loosens_is_overstated(claim, sentence):
    """“One of the” does not make “the only”, nor “most” “all”."""
    codes = {item.code for item in check_negation(claim, sentence, HERE) if item.relation is CONFLICTS}
    assert codes == {ReasonCode.OVERSTATED}


@pytest.mark.parametrize(("claim", "sentence"), LIMIT_MISSING)
def test_a_limit_that_the_source_does_not_set_is_silence(claim, sentence):
    """A sentence without the limit cannot support a claim with it."""
    assert relations(claim, sentence) == {SILENT}


@pytest.mark.parametrize(("claim", "sentence"), LIMIT_MET)
def test_a_limit_that_the_source_sets_too_is_met(claim, sentence):
    """The same limit in other words leaves nothing to say."""
    assert relations(claim, sentence) == set()


@pytest.mark.parametrize(("claim", "sentence", "relation"), TURNED)
def test_turned_roles_never_support(claim, sentence, relation):
    """The same words the other way round conflict where the verb works one way only."""
    assert relation in relations(claim, sentence)


PAIRS = (*DENIALS, *OPPOSITES, *AGREEING, *QUIET, *AT_LEAST_SILENT, *OVERSTATED, *LIMIT_MISSING, *LIMIT_MET)
TEXTS = sorted({text for row in (*PAIRS, *(row[:2] for row in TURNED)) for text in row})


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_every_span_lies_in_its_own_text(claim, sentence):
    """A finding can always be cut out of the two texts."""
    for finding in check_negation(claim, sentence, HERE):
        assert finding.claim.end <= len(claim)
        assert finding.source is None or finding.source.end <= len(sentence)


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3).map(" ".join))
def test_a_text_never_conflicts_with_itself(text):
    """A text does not deny what it says."""
    assert not [item for item in check_negation(text, text, HERE) if item.relation is CONFLICTS]


@pytest.mark.parametrize("text", TEXTS)
def test_a_sentence_is_no_obstacle_to_itself(text):
    """A sentence held against itself agrees with every denial it makes."""
    assert relations(text, text) <= {AGREES}
