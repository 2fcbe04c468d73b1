"""How does the page look? Its theme, its style sheet and its head; every byte comes from here."""

from __future__ import annotations

import json
from pathlib import Path

import gradio as gr

from ui.escaping import escape
from ui.words.catalogue import OTHERWISE, list_languages, print_language, read_words

_HERE = Path(__file__).resolve().parent


def read_style() -> str:
    """Return the style sheet of the page, which of the words in every language shows those of the page's own."""
    others = "".join(
        f'html[lang="{code}"] .rc-top .rc-{OTHERWISE}, html:not([lang="{code}"]) .rc-top .rc-{code} '
        "{ display: none; }\n"
        for code in list_languages()
        if code != OTHERWISE
    )
    return (_HERE / "page.css").read_text(encoding="utf-8") + others


def read_script() -> str:
    """Return what the page does in the browser, knowing the languages of the interface, `otherwise` among them."""
    known = json.dumps({"languages": list_languages(), "otherwise": OTHERWISE})
    named = {"failed": "failed", "away": "away", "tooLarge": "too_large"}
    spoken = {code: {name: read_words(code)[key] for name, key in named.items()} for code in list_languages()}
    words = f"const {{ languages, otherwise }} = {known};\nconst spoken = {json.dumps(spoken)};\n"
    return words + (_HERE / "page.js").read_text(encoding="utf-8")


def make_theme() -> gr.themes.Base:
    """Return gradio's own look, with our colours and the fonts of the reader's system, so that none is fetched."""
    made = gr.themes.Default(
        primary_hue="blue",
        neutral_hue="stone",
        radius_size="sm",
        font=[gr.themes.Font(name) for name in ("system-ui", "sans-serif")],
        font_mono=[gr.themes.Font(name) for name in ("ui-monospace", "monospace")],
    )
    return made.set(
        body_background_fill="#fbfaf7",
        body_background_fill_dark="#15181c",
        background_fill_primary_dark="#1d2126",
        block_background_fill_dark="#1d2126",
        input_background_fill_dark="#15181c",
        body_text_color="#1c1f23",
        body_text_color_dark="#eceae4",
        body_text_color_subdued="#575c63",
        body_text_color_subdued_dark="#a8adb5",
        block_title_text_color="#1c1f23",
        block_title_text_color_dark="#eceae4",
        block_label_text_color="#1c1f23",
        block_label_text_color_dark="#eceae4",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_hover="#f0eee8",
        button_secondary_background_fill_dark="#1d2126",
        button_secondary_background_fill_hover_dark="#2a2f36",
        button_secondary_text_color="#14508c",
        button_secondary_text_color_dark="#9ccbff",
        button_secondary_border_color="#dedad2",
        button_secondary_border_color_dark="#383e46",
        button_border_width="1px",
        block_info_text_color="#575c63",
        block_info_text_color_dark="#a8adb5",
        input_placeholder_color="#666b72",
        input_placeholder_color_dark="#9aa0a8",
        color_accent="#14508c",
        button_primary_background_fill="#14508c",
        button_primary_background_fill_hover="#0d3b69",
        button_primary_background_fill_dark="#9ccbff",
        button_primary_background_fill_hover_dark="#c4e0ff",
        button_primary_border_color="#14508c",
        button_primary_border_color_dark="#9ccbff",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#0b2239",
    )


def show_header() -> str:
    """Return the head of the page, in every language; the style sheet shows the one that the page is in."""
    spoken = [read_words(code) for code in list_languages()]
    taglines = "".join(f'<span class="rc-{words.language}">{escape(words["tagline"])}</span>' for words in spoken)
    switch = "".join(
        f'<button type="button" lang="{code}" data-language="{code}" aria-pressed="false">'
        f"{print_language(code, code)}</button>"
        for code in list_languages()
    )
    switching, shining = (
        escape(" · ".join(words[name] for words in spoken)) for name in ("language_of_page", "light_or_dark")
    )
    return (
        f'<header class="rc-top"><h1>Recoupe</h1><p>{taglines}</p><div class="rc-switches">'
        f'<div role="group" aria-label="{switching}">{switch}</div>'
        f'<button type="button" data-theme="1" aria-label="{shining}" title="{shining}">◐</button></div></header>'
        '<div id="rc-live" class="rc-unseen" role="status"></div>'
    )
