"""In which form a host answers: by http or https, with `www.` or without. Links of one portal mix them."""

from dataclasses import dataclass, field
from urllib.parse import urlunsplit

from malim_scraper.urls.fold import split
from malim_scraper.urls.hosts import host_of

_MAX_HOSTS = 100


@dataclass(slots=True)
class Homes:
    """Scheme and host of the first good answer of each host, with which its other pages are fetched, too.

    So no page is lost whose link names a form that does not answer, and no request spent on a redirect to the other.
    """

    _forms: dict[tuple[str, int | None], tuple[str, str]] = field(default_factory=dict)

    def learn(self, url: str) -> None:
        """Remember the form of an address that was answered well; the first one of a host stays."""
        parts = split(url)
        if parts is not None and len(self._forms) < _MAX_HOSTS:
            self._forms.setdefault((host_of(url), parts.port), (parts.scheme, parts.netloc))

    def address(self, url: str) -> str:
        """Return an address in the form in which its host answers, or unchanged when that is not known.

        >>> homes = Homes()
        >>> homes.learn("https://www.malim.kz/")
        >>> homes.address("http://malim.kz/news/5"), homes.address("http://malim.kz:8080/")
        ('https://www.malim.kz/news/5', 'http://malim.kz:8080/')
        """
        parts = split(url)
        form = self._forms.get((host_of(url), parts.port)) if parts is not None else None
        if parts is None or form is None or (parts.scheme, parts.netloc) == form:
            return url
        return urlunsplit((*form, parts.path, parts.query, parts.fragment))
