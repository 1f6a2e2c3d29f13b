"""Everyday English words that stand for each other in answers: verbs of programs and procedures, sizes, kinds, order.

The terms of the field are in the lexicon. A word is in one group only, in its plain form; inflected forms meet by their stem.
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
fewer less/additional extra further/explain clarify/advantage benefit/disadvantage drawback downside/wrong incorrect false/right correct true"""


@lru_cache(maxsize=1)
def _groups() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, group in enumerate(_GROUPS.replace("\n", "").split("/")):
        for word in group.split():
            found.setdefault(stem(word), number)
    return found


def stand_for_each_other(one: str, other: str) -> bool:
    """Whether two stems are of one group."""
    groups = _groups()
    return one in groups and groups[one] == groups.get(other)
