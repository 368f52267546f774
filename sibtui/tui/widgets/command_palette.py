"""Textual's command palette in the style of our dialogs."""

from __future__ import annotations

from textual.command import CommandPalette

from sibtui.tui.textual_overrides.screen import CallbackScreen


class StudyPalette(CommandPalette, CallbackScreen[None]):
    """Textual's palette in a frame like those of our dialogs.

    The style is here, because in `sibtui.tcss` it would delay every start of the program.
    """

    DEFAULT_CSS = """
    StudyPalette > Vertical { width: 84; max-width: 100%; margin-top: 2; background: transparent; }
    StudyPalette #--input, StudyPalette #--input.--list-visible { border: round $border; border-bottom: none; background: $surface; }
    StudyPalette SearchIcon { display: none; }
    StudyPalette CommandInput, StudyPalette CommandInput:focus { border: none; height: 1; padding: 0 1; margin: 0 1 0 1; background: $panel; }
    StudyPalette CommandList {
        border: round $border; border-top: none; background: $surface; padding: 1 0 0 0; scrollbar-size-vertical: 1;
        scrollbar-background: $surface; scrollbar-background-hover: $surface; scrollbar-background-active: $surface;
        scrollbar-color: $rule; scrollbar-color-hover: $quiet; scrollbar-color-active: $quiet;
    }
    StudyPalette CommandList > .option-list--option-highlighted {
        background: $block-cursor-background; color: $block-cursor-foreground;
    }
    StudyPalette CommandList:ansi:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    """
