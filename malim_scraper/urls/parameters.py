"""Query parameters that say where a reader came from, not what is read. Data: add a name here."""

import re

TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "at_", "vero_", "oly_", "fb_", "amp_js",
                     "aspsessionid")
_NAMES = """
fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid li_fat_id igshid igsh yclid ysclid ymclid yadclid yaclid
_openstat openstat rb_clickid roistat mc_cid mc_eid mkt_tok _ga _gl _gac _hsenc _hsmi _branch_match_id
__twitter_impression cmpid icid ocid ito s_cid wt_mc wt_zmc xtor spm guccounter guce_referrer guce_referrer_sig
ref_src ref_url referrer usqp amp_gsa ns_mchannel ns_campaign ns_source ns_linkname sc_cid soc_src soc_trk srsltid smid
smtyp replytocom share social_share nocache _ phpsessid jsessionid sessionid session_id sessid sess sid zenid oscsid
cfid cftoken
"""
TRACKING = frozenset(_NAMES.split())
# Dropped only with a value that is no number: with one it may be an offset or an id.
TRACKING_WORDS = frozenset(("ref", "from", "via", "referer", "rss"))
_STORY_ID = re.compile(r"[0-9]{1,7}")


def is_tracking(name: str, value: str, path: str) -> bool:
    """Tell whether a parameter can be left out without another page being shown.

    name, value: as in the query. path: of the address; `article.php?sid=5` is PHP-Nuke's story 5 and no session.

    >>> is_tracking("utm_source", "x", "/"), is_tracking("sid", "9af1", "/a"), is_tracking("sid", "5", "/article.php")
    (True, True, False)
    """
    name = name.casefold()
    if name == "sid" and path.endswith(".php") and _STORY_ID.fullmatch(value):
        return False
    if name in TRACKING_WORDS:
        return not value.isdigit()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
