"""Everyday English words that stand for each other in answers: verbs of programs and procedures, sizes, kinds, order, place, change.

The terms of the field are in the lexicon. A word stands in its plain form (inflected forms meet by their stem) and may have several
senses, a group each: it stands for the words of all its groups, and they not for one another. Adjectives and verbs that a prefix
denies ("unconnected") are listed too, since letters alone do not tell them from "understood" or "instance".
"""

from __future__ import annotations

from functools import lru_cache

from quizcnn.grading.keypoints.normal import stem

_GROUPS = """begin start initial/end finish last final/large big great huge/small little tiny/fast quick rapid/use utilize employ apply/
make create build construct produce generate form/keep store save hold retain/delete remove erase discard drop/add insert append/
get obtain retrieve fetch receive access/show display indicate reveal tell/need require must necessary/change modify alter vary edit/
find search locate look/split divide partition separate/join combine merge unite/same equal identical equivalent/
reduce decrease lower lessen/increase raise grow/call invoke/stop halt terminate/give provide supply/help assist aid/
part portion piece section component/whole entire complete full/allow permit enable let/contain include comprise consist/
procedure routine/often frequently/example instance/error mistake bug fault/
kind type sort category/place position location spot/number amount count quantity/easy simple/hard difficult/
copy duplicate/check test verify/previous prior preceding/next following subsequent/describe define/one 1/two 2/three 3/four 4/zero 0/
main major chief primary/important essential crucial/problem issue trouble/result outcome consequence/goal aim purpose objective/
avoid prevent/happen occur/choose select pick/try attempt/repeat iterate loop/usual common typical/several multiple many various/
fewer less/additional extra further/explain clarify/advantage benefit/disadvantage drawback downside/wrong incorrect false/
right correct true/break interrupt disrupt/route path/connect attach link join/detach disconnect/run pass travel/shine glow/
agree match/differ vary/near close adjacent neighbor/outer exterior outside/inner interior inside/possess own/
carry bear transport convey/cause lead result/measure gauge/higher greater larger bigger/lower smaller less fewer/
head front first beginning/tail rear last end/independent separate/depend rely/share common/
replace substitute exchange swap switch/wait pause delay/return respond reply answer give/item element entry member/
order sequence arrangement/list series row/group set collection bunch/step stage phase/rule law principle/
size length dimension extent/empty blank void/fill load/every each all/visible accessible available reachable/beyond outside/
order sort arrange rank/traverse visit walk/specify define declare/idea concept notion/model prototype/speed pace velocity rate/
easy simple plain basic/complex complicated/code program software/memory storage/run execute perform/step instruction/text string/
unique distinct different/fixed constant static unchanging/dynamic changing variable/whole all entire total/limit bound restrict/
guarantee ensure assure/test evaluate examine/refer reference/hide conceal/content body/user person people client/
method function/argument parameter/job task work/occur appear/smaller shorter less/largest biggest greatest maximum/
smallest least minimum lowest/pair couple/complete finish done/compute calculate determine/remaining rest/base basis foundation"""

_DENIED = """un able bounded changed connected defined equal even expected fair known labeled labelled likely limited necessary ordered
sorted stable supervised used usual weighted biased balanced broken charged covered damaged familiar finished initialized intended
like locked marked named occupied paired planned real related reliable safe seen shared signed specified structured successful suitable
tested touched trained typed visited wanted available affected altered modified important powered/
dis connect connects connected connecting connection continue continuous continuity similar orderly organized agree allow allows allowed/
in accurate active adequate capable complete compatible correct consistent dependent direct efficient exact finite flexible frequent
sufficient valid variant visible voluntary sensitive secure equality/
im possible perfect proper mutable balanced precise practical probable/
non zero linear empty negative positive decreasing increasing recursive static local existent uniform trivial convex/
ir regular relevant reversible reducible"""


def _denied() -> dict[str, str]:
    lines = (line.split() for line in _DENIED.split("/"))
    return {prefix + word: word for prefix, *words in lines for word in words}


DENIED_BY_PREFIX = _denied()
"""A word with its denying prefix, and the word that it denies."""


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(_GROUPS.replace("\n", "").split("/")):
        for word in group.split():
            found.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def stand_for_each_other(one: str, other: str) -> bool:
    """Whether two stems share a group."""
    groups = _groups()
    return one in groups and other in groups and not groups[one].isdisjoint(groups[other])
