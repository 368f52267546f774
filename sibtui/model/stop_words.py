"""Stop words: words of grammar, such as “the” and “of”. On request, tables of words leave them out.

The library stop-words 2025.11 was tried in 2026. Its English list contains “work”, “need”, “group” and “important”,
which are topics of many notes.
"""

from __future__ import annotations

from sibtui.errors import InputError
from sibtui.model.text import listed

_WORDS = {
    "en": (
        "a about above after again all also am an and any are aren't as at be because been before being below between both but by can can't"
        " cannot could couldn't did didn't do does doesn't doing don't down during each few for from further had hadn't has hasn't have haven't"
        " having he he'd he'll he's her here hers herself him himself his how i i'd i'll i'm i've if in into is isn't it it's its itself just"
        " let's me more most my myself no nor not now of off on once only or other our ours ourselves out over own same she she'd she'll she's"
        " should shouldn't so some such than that that's the their theirs them themselves then there there's these they they'd they'll they're"
        " they've this those through to too under until up us very was wasn't we we'd we'll we're we've were weren't what what's when where which"
        " while who who's whom why will with won't would wouldn't you you'd you'll you're you've your yours yourself yourselves"
    ),
    "de": (
        "aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei bin bis bist da damit dann das dass dasselbe dazu"
        " dein deine dem den denn der derer des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen"
        " einer eines er es etwas euch euer eure für gegen gewesen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem"
        " ihren ihrer im in indem ins ist ja jede jedem jeden jeder jedes jene jetzt kann kein keine keinem keinen keiner können könnte man manche"
        " mein meine meinem meinen meiner mich mir mit muss musste nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner"
        " selbst sich sie sind so solche soll sollte sondern sonst um und uns unser unsere unter viel vom von vor während war waren was weil welche"
        " wenn werde werden wie wieder will wir wird wo wollen würde würden zu zum zur zwar zwischen über"
    ),
    "fr": (
        "à ai ainsi alors après as au aucun aussi autre aux avaient avais avait avant avec avez avoir avons c'est car ce ceci cela celle celles celui"
        " ces cet cette ceux chaque comme d'un d'une dans de des donc dont du elle elles en encore entre est et étaient était été être eu eux fait"
        " il ils j'ai je l'on la le les leur leurs lui ma mais même mes moi mon n'est ne ni nos notre nous on ont ou où par parce pas peu peut plus"
        " pour pourquoi qu'il qu'elle qu'ils qu'on quand que quel quelle quelles quels qui s'il sa sans se sera ses si son sont sous suis sur ta"
        " te tes toi ton tous tout toute toutes très tu un une va vers voilà vos votre vous y"
    ),
    "es": (
        "a al algo algunas algunos ante antes aquel aquella así aunque cada como con contra cual cuando de del desde donde dos durante e el él ella"
        " ellas ellos en entre era eran eres es esa esas ese eso esos esta está están estaba estamos estar este esto estos estoy fue fueron ha había"
        " han has hasta hay he hemos la las le les lo los más me mi mí mientras mis mucho muchos muy nada ni no nos nosotros nuestra nuestro o os otra"
        " otras otro otros para pero poco por porque pues que qué quien quienes se sea ser si sí sido sin sino sobre son soy su sus también tan tanto"
        " te tenía tiene tienen todo todos tu tus tú un una uno unos y ya yo"
    ),
    "it": (
        "a abbia abbiamo ad agli ai al alla alle allo anche avere aveva c'è che chi ci cioè coi col come con così cui da dagli dai dal dalla dalle"
        " dei del della delle dello di dove e è ed era erano essere fa fra gli ha hai hanno ho i il in io l'ha la le lei li lo loro lui ma me mi mia"
        " mie miei mio molto ne negli nei nel nella nelle nello no noi non nostra nostro o ogni per perché però più po' poi qual quale quando quanto"
        " quel quella quelle quelli quello questa queste questi questo qui se sei si sia siamo siete solo sono sta stato su sua sue sugli sui sul sulla"
        " suo suoi te ti tra tu tua tuo tutti tutto un una uno vi voi"
    ),
    "nl": (
        "aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een en er ge geen had hadden heb hebben heeft hem het"
        " hier hij hoe hun ik in is ja je jij jullie kan kon kunnen maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat ons onze"
        " ook op over te tegen toch toen tot u uit uw van veel voor want waren was wat we wel werd wie wij wil worden wordt zal ze zei zelf zich zij zijn"
        " zo zonder zou"
    ),
    "pt": (
        "à a ao aos as às até com como da das de dela dele deles depois do dos e é ela elas ele eles em entre era eram essa esse esta está estão estava"
        " este eu foi foram há isso isto já lhe lhes mais mas me mesmo meu meus minha muito na não nas nem no nos nós nossa nosso num numa o os ou para"
        " pela pelas pelo pelos por porque qual quando que quem se sem ser será seu seus só sou sua suas também te tem têm temos tenho ter tinha tu tua"
        " um uma você vocês vos"
    ),
    "sv": (
        "alla allt att av blev bli blir bara de dem den denna deras dess dessa det detta dig din dina ditt du där då efter ej eller en ett från för ha"
        " hade han hans har hon henne hennes honom hur här i icke in inte ja jag ju kan kunde man med mellan men mig min mina mitt mot mycket ni nu när"
        " någon något några och också om oss på samma sedan sig sin sina sitt själv skulle som så till under upp ut utan vad var vara varför vem vi vid"
        " vilken vår våra är över"
    ),
}  # fmt: skip


def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language, such as "en". Raises InputError for a language without a list.

    >>> "the" in stop_words("en"), "work" in stop_words("en")
    (True, False)
    """
    words = _WORDS.get(language.casefold())
    if words is None:
        raise InputError(
            f"There is no list of stop words for “{language}”: the languages are {listed(sorted(_WORDS), len(_WORDS))}. A file of words works too."
        )
    return frozenset(words.split())
