"""English words that carry no subject but decide what a clause says: directions, negators, comparisons, reports, corrections.

Forms are lower case; a form of several words stands as it is typed. What a form does is told by the table that it stands in.
"""

from __future__ import annotations


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


def _phrases(listed: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in listed.replace("\n", " ").split(";") if form.strip())


UP_VERBS = _phrases(
    "increase; increases; increased; grow; grows; growing; grew; rise; rises; rising; rose; raise; raises; raised; enlarge; enlarges; expand; expands; widen; "
    "widens; boost; boosts; gain; gains; amplify; amplifies; strengthen; strengthens; go up; goes up; going up; went up; up; climb; climbs; extend; extends; "
    "broaden; broadens; multiply in size; inflate; double in size; worsen; worsens; aggravate; aggravates; intensify; intensifies; exacerbate; exacerbates; get bigger; get larger; gets bigger; gets larger; blow up in size"
)
DOWN_VERBS = _phrases(
    "decrease; decreases; decreased; reduce; reduces; reduced; shrink; shrinks; shrunk; fall; falls; falling; fell; drop; drops; dropped; save; saves; saved; lower; lowers; "
    "lowered; weaken; weakens; diminish; diminishes; cut; cuts; halve; halves; halved; narrow; narrows; vanish; vanishes; fade; fades; shorten; limit; limits; lessen; "
    "lessens; decline; declines; go down; goes down; going down; went down; down; suppress; suppresses; suppressed; compress; damp; damps; mitigate; mitigates; alleviate; "
    "alleviates; ease; eases; pull toward zero; pulls toward zero; pull towards zero; pulled towards zero; shrunk toward zero; down weight; down weights; downweight; "
    "downweights; down weighted; penalize less; avoid; avoids; prevent; prevents; relieve; relieves; combat; combats; counteracts; fight; fights; decay; decays"
)
UP_ADJECTIVES = _phrases(
    "more; most; larger; large; higher; high; bigger; big; greater; great; wide; wider; huge; stronger; strong; strongly; extra; lot of; lots of; plenty of; a lot more; largest; highest; "
    "biggest; many; much; too high; too large; too big; too many; heavy; growing; vast; enormous; dominant; additional; further; rising; long; bulk of"
)
DOWN_ADJECTIVES = _phrases(
    "fewer; less; least; smaller; small; lower; low; little; few; tiny; thin; narrow; narrower; weaker; weak; fewest; lowest; smallest; too low; too small; too few; minimal; lighter; "
    "fewer and fewer; reduced; short; hardly any; a fraction of; almost no; tinier"
)
SAME = _phrases(
    "same; unchanged; constant; stays the same; stay the same; identical; no change; does not move; no effect on; not affected; unaffected; just as many; as many as; "
    "as before; keep its size; keeps its size; keep their values; preserved in size; invariable; does not matter"
)
CHANGES = _phrases(
    "change; changes; changed; changing; vary; varies; shifts slightly; alter; alters; modify; modifies; differ; differs; different; move; moves"
)
SUPERLATIVES = frozenset(_words("most least largest smallest highest lowest biggest fewest best worst"))
NEGATORS = _phrases(
    "not; n't; no; never; without; cannot; neither; nor; none; nothing; lack; lacks; lacking; absent; fail to; fails to; refuse; stop; instead of; rather than; far from; no longer; free of; "
    "nobody; hardly; anything but; cant; dont; doesnt; isnt; arent; wont; didnt; wasnt; unable to; incapable of; aint; not any; by no means; devoid of; avoids any; unlike"
)
WITHOUT = _phrases(
    "without it; without that; without this; without them; without these; without doing so; if one does not; if you do not; if you don't; otherwise"
)
"""What follows would happen without the thing: the thing prevents it."""
NOT_NEGATORS = _phrases(
    "not only; not just; not merely; no matter; no doubt; nothing but; no wait; actually no; wait no; not sure; no less than; without doubt; why not; cannot but; no idea; no problem"
)
AUXILIARIES = _words(
    "is are was were be been being am do does did has have had having will would can could may might must should shall get gets become becomes got stay stays remain remains "
    "it's that's they're let lets make makes made give gives turn turns come comes came works work behaves behave go goes"
)
"""Words that make a claim of nouns."""
GLUE = _phrases(
    "equal to; equals; equal; exponentially; given; under; a; an; the; this; that; these; those; its; their; his; your; our; there; to; of; in; on; at; by; for; from; with; as; into; onto; over; under; through; during; "
    "about; between; among; within; around; per; via; out; off; such; which; who; whom; whose; what; when; where; how; then; so that; also; just; very; even; quite; rather; too; so; here; "
    "s; t; re; ve; ll; i; we; you; he; she; one's; e.g; i.e; eg; ie; etc; some; other; another; both; either; still; again; only; far; kind; kind of; sort of; thing; things; way; same time; "
    "amount of; lot; well; really; simply; actually; basically; always; often; usually; generally; mostly; sometimes; typically; almost; nearly; about; bit; a bit; right; ok; "
    "times; once more; like; up to; because of; due to; in order to; on top; anyway; whole thing; whatever; each other; one; ones; own way; in fact; indeed; of course; "
    "and so on; long as; as long as; after; before; until; than that; by means of; means that; that is; now; already; yet; ever; mainly; largely; merely; namely; exactly; probably; maybe; perhaps; "
    "likely; presumably; i think; i guess; i believe; i would say; in my opinion; at least; at most; at all; in general; for example; for instance; on average; as well; along; across; toward; towards"
)
PRONOUNS = _words("it they them this that these those both")
CONNECTORS = _phrases(
    "but; while; whereas; because; bc; since; so; therefore; hence; thus; although; though; however; even though; which means; which is why; as a result; in contrast; instead; on the other hand; "
    "consequently; whilst; thereby; so that; which makes; which leads; cuz; coz; cause of that; ->; =>; afterwards; in turn"
)
LINKS = _words("and or plus & nor")
CONDITIONS = _phrases("if; when; whenever; as soon as; in case")
THAN = _phrases(
    "than; compared to; compared with; in comparison with; in comparison to; relative to; versus; vs; against that of; as opposed to"
)
DIVIDES = _phrases("divided by; divide by; over; /; by dividing by")
DENIALS = _phrases(
    "it is not true that; it is false that; it is wrong that; it is a myth that; it is not the case that; it is untrue that; it isn't true that; it's not true that; it's false that; it's wrong that; it's a myth that; "
    "it is incorrect that; it is wrong to say that; it is a misconception that; nobody can say that; one cannot say that; you cannot say that; you can't say that; we cannot say that; no one can say that; it would be wrong to say that; "
    "i do not agree that; i don't agree that; it is a mistake to think that; a common mistake is to think that; a common misconception is that; a common mistake is that; a popular myth is that; "
    "it is wrong to think that; i doubt that; it is a mistake to believe that; the claim is false that; it is a lie that; a common error is to think that; a common belief that is wrong is that; the myth that; contrary to the belief that; "
    "a common mistake is thinking that; a common mistake is to believe that; the common misconception is that; it is not so that; wrongly believe that; wrongly think that; mistakenly believe that; mistakenly think that; falsely claim that"
)
DENIED = _phrases(
    "that is false; that is wrong; that is not true; this is wrong; this is false; that is a myth; this is not true; this is a myth; that is not so; is false; is wrong; is not true; is a myth; is incorrect; is a misconception; isn't true; is untrue; is not the case; is a mistake; are wrong; is nonsense; that's wrong; that's false; not true; "
    "that's a myth; is not right; isn't right; is a common mistake; is a lie; is mistaken; they are wrong; is not correct; isn't correct; which is wrong; which is false; turned out false; was false; was wrong; but no; wrongly; would be wrong; would be false; "
    "does not hold; doesn't hold; is plain wrong; is simply wrong"
)
REPORTS = _phrases(
    "many believe; many think; many people believe; many people think; people say; people often say; people think; people believe; some say; some claim; some think; some believe; some people say; some people think; it is often said; "
    "it is said; often claimed; is often claimed; it is often claimed; one often reads; you often hear; a colleague says; the slide says; a common belief is; the popular belief is; most people think; most people believe; many say; "
    "they say; one might think; you might think; one would think; you would think; it is widely believed; textbooks say; blogs say; some people claim; a student says; many claim; one could think; it seems that; it looks as if"
)
DOUBTS = _phrases(
    "don't know whether; don't know if; do not know whether; do not know if; not sure whether; not sure if; unsure whether; unsure if; no idea whether; no idea if; no idea; dont know whether; dont know if; "
    "can't say whether; cannot say whether; can't remember whether; don't remember whether; not certain whether; wonder whether; wonder if; not clear whether; unclear whether; forgot whether; who knows whether; idk whether; idk if; can't tell whether; i could not say if"
)
CORRECTIONS = _phrases(
    "no wait; wait no; actually no; or rather; i mean; i meant; sorry i meant; correction; sorry; i take that back; let me correct; my mistake; wait; oops; rather say; on second thought; on second thoughts"
)
RETRACTIONS = _phrases("scratch that; forget that; strike that; ignore that; disregard that; never mind")
POSITIVE = frozenset(
    _words(
        "large high big great wide huge small low little few tiny thin narrow many much long short strong weak heavy deep"
    )
)
"""Degrees that describe a noun rather than claim something of it."""
CAUSATIVES = frozenset(_words("make makes made let lets render renders keep keeps"))
"""What stands before them acts; what they are said of comes after."""
PREPOSITIONS = frozenset(
    _words(
        "in for with at by from when because after before on as during under if while to into through within without across over via until where which that per"
    )
)
COMMON = frozenset(
    _words(
        """about above across after again against ago ahead almost alone along already although always among amount answer any anything apart area around ask away back bad base basic became been
        before began begin behind being best better beyond body book borrow both bought bring buses call came card care carry case catch certain chance chair check choice choose clear close code come common
        complete correct could count course cover create cross current daily dark date deal decide degree desk different direct does done door draw drawn drive during each early earth easy either else empty
        end enough even ever every exam example explain face fact fair fall false family fast feel few field figure file final find fine finish first five floor flow folder follow food force form found
        four free front full game general gets give given glad goes good great ground group grow guess half hand happen hard have head hear heat heavy help here high hold home hour house however idea
        image important inside instead into issue item just keep kept kind knew know known lab land large last late later laugh lead learn least leave left less level life light like line list little live
        load local long look lose lost lot love low lunch main make many mark matter maybe mean meet might mind mine minute miss more most mostly move much must name near need never next nice night nine
        none normal note nothing notice number object often once only open order other others ought out outside over page paper part pass past people perhaps phone pick piece place plain plan play please
        plot point poor pretty print problem pull push put question quick quite random rate rather read ready real really reason record remain remainder repeat report rest result right room round rule run safe
        said same save saw school second see seed seem seen send sense sentence set seven several shall shape share sharp short should show side simple since single size slow small some soon sort sound
        space speak spend stage stand start state stay step still stop store story street strong student study such sure table take talk tell than that their them then there these they thing think third
        this those though three through time today together told took tool total touch toward town trade train tree trick true trust truth turn type under until upon used useful using usual value very view
        visit voice wait walk wall want watch water weather week well went were what when where which while white whole whose wide will wish with within without wonder word work world worse worst would
        write wrong year yesterday young your colours colour street streets scene scenes teacher lecture ablations ablation pages papers figures tellers bank evolution crosses board trains""",
    )
)
"""Words that are no slip of a word of the field."""
