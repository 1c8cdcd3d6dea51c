"""How a source and its articles are shown, e.g. 《劳动争议调解仲裁法》第14条."""

from __future__ import annotations

from collections.abc import Mapping

from baiying.engine.loader.reading import Table
from baiying.engine.loader.structure import BASIS


def basis_shown(basis: str, sources: Mapping[str, Table]) -> dict[str, str]:
    """The name of a basis in Chinese and in English. Raises KeyError for a source that nobody wrote down."""
    found = BASIS.fullmatch(basis)
    source = sources[found["key"] if found else basis]
    zh, en = source["name"], source["name_en"]
    articles = found["articles"] if found else None
    if articles:
        zh, en = f"{zh}第{articles.replace(', ', '、')}条", f"{en}, art. {articles}"
    return {"basis_zh": zh, "basis_en": en}
