"""Reading a whole site: politely, within its scope, and so that nothing is lost when it is interrupted.

plan.py        what to read and how politely
addresses.py   one address, one key; the form of an address
scope.py       which addresses belong to the site
robots.py      what the site asks of robots
links.py       the addresses a page names;  listings.py: those of sitemaps and feeds
traps.py       forms of address that say nothing new
pace.py        when a host may be asked again
answers.py     what an answer means for its address: kept, left out, asked again
store.py       the crawl's memory, on disk
crawl.py       the crawl itself
"""

from auditor.sources.crawl.crawl import Crawl
from auditor.sources.crawl.plan import Plan
from auditor.sources.crawl.records import Visit
from auditor.sources.crawl.store import Store

__all__ = ["Crawl", "Plan", "Store", "Visit"]
