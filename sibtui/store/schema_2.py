"""The tables that version 2 of a study file changes or adds.

SQLite cannot add a column with a computed default to a table, and cannot change the constraints of a table. A table
that needs such a change is created again. A `uid` is the lasting id of a row, with 32 hexadecimal digits. The lasting
id is the same in all copies of a study, in study folders and in exchange files.
"""

from __future__ import annotations

_UID = "uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> '')"

TABLES_2: dict[str, str] = {
    "project": """CREATE TABLE project (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL,
        guid TEXT NOT NULL,
        description TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL,
        first_note INTEGER NOT NULL DEFAULT 1 CHECK (first_note >= 0),
        language TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "attributes": f"""CREATE TABLE attributes (
        id INTEGER PRIMARY KEY,
        {_UID},
        owner TEXT NOT NULL CHECK (owner IN ('case', 'source')),
        name TEXT NOT NULL CHECK (name <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'yes/no')),
        position INTEGER NOT NULL,
        UNIQUE (owner, name)
    ) STRICT""",
    "cases": f"""CREATE TABLE cases (
        id INTEGER PRIMARY KEY,
        {_UID},
        label TEXT NOT NULL UNIQUE CHECK (label <> ''),
        private_name TEXT,
        letter TEXT NOT NULL DEFAULT '' CHECK (length(letter) <= 1),
        position INTEGER NOT NULL
    ) STRICT""",
    "sources": f"""CREATE TABLE sources (
        id INTEGER PRIMARY KEY,
        {_UID},
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        title TEXT NOT NULL DEFAULT '',
        kind TEXT NOT NULL CHECK (kind IN ('interview', 'document', 'report', 'other')),
        fidelity TEXT NOT NULL CHECK (fidelity IN ('notes', 'verbatim')),
        language TEXT NOT NULL DEFAULT '',
        started INTEGER NOT NULL DEFAULT 0 CHECK (started IN (0, 1)),
        added TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT""",
    "readings": """CREATE TABLE readings (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        code_id INTEGER REFERENCES codes (id) ON DELETE CASCADE,
        round INTEGER NOT NULL DEFAULT 1 CHECK (round >= 1),
        at TEXT NOT NULL CHECK (at <> '')
    ) STRICT""",
    "codes": f"""CREATE TABLE codes (
        id INTEGER PRIMARY KEY,
        {_UID},
        parent_id INTEGER REFERENCES codes (id),
        name TEXT NOT NULL CHECK (name <> ''),
        position INTEGER NOT NULL,
        definition TEXT NOT NULL DEFAULT '',
        include TEXT NOT NULL DEFAULT '',
        exclude TEXT NOT NULL DEFAULT '',
        example TEXT NOT NULL DEFAULT '',
        origin TEXT NOT NULL DEFAULT 'emergent' CHECK (origin IN ('deductive', 'emergent', 'in vivo', 'imported')),
        status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('proposed', 'active', 'retired')),
        colour TEXT,
        key TEXT UNIQUE,
        since TEXT NOT NULL,
        CHECK (parent_id <> id)
    ) STRICT""",
    "lineage": """CREATE TABLE lineage (
        id INTEGER PRIMARY KEY,
        code_id INTEGER NOT NULL REFERENCES codes (id) ON DELETE CASCADE,
        event TEXT NOT NULL
            CHECK (event IN ('renamed', 'moved', 'merged', 'split', 'retired', 'restored', 're-read')),
        at TEXT NOT NULL,
        coder TEXT NOT NULL,
        path TEXT NOT NULL,
        definition TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        since TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "codings": f"""CREATE TABLE codings (
        id INTEGER PRIMARY KEY,
        {_UID},
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        code_id INTEGER NOT NULL REFERENCES codes (id),
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        stance TEXT NOT NULL DEFAULT 'supports' CHECK (stance IN ('supports', 'counters')),
        certainty TEXT NOT NULL DEFAULT 'firm' CHECK (certainty IN ('firm', 'tentative')),
        quote TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        memo TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL
    ) STRICT""",
    "memos": f"""CREATE TABLE memos (
        id INTEGER PRIMARY KEY,
        {_UID},
        target TEXT NOT NULL CHECK (target IN ('project', 'source', 'case', 'code', 'matrix')),
        source_id INTEGER REFERENCES sources (id) ON DELETE CASCADE,
        case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
        code_id INTEGER REFERENCES codes (id) ON DELETE CASCADE,
        matrix_id INTEGER REFERENCES matrices (id) ON DELETE CASCADE,
        title TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL,
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        created TEXT NOT NULL,
        CHECK ((target = 'source') = (source_id IS NOT NULL)),
        CHECK ((target = 'case') = (case_id IS NOT NULL)),
        CHECK ((target = 'code') = (code_id IS NOT NULL)),
        CHECK ((target = 'matrix') = (matrix_id IS NOT NULL))
    ) STRICT""",
    "topics": """CREATE TABLE topics (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        code_id INTEGER NOT NULL REFERENCES codes (id) ON DELETE CASCADE,
        case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN ('asked', 'volunteered', 'not asked'))
    ) STRICT""",
    "matrices": f"""CREATE TABLE matrices (
        id INTEGER PRIMARY KEY,
        {_UID},
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        title TEXT NOT NULL DEFAULT '',
        columns TEXT NOT NULL DEFAULT 'cases',
        show TEXT NOT NULL DEFAULT 'presence'
            CHECK (show IN ('presence', 'count', 'sources', 'count (sources)', 'coverage', 'coverage %', 'quotes')),
        min_quotes INTEGER NOT NULL DEFAULT 1 CHECK (min_quotes >= 1),
        min_sources INTEGER NOT NULL DEFAULT 1 CHECK (min_sources >= 1),
        min_kinds INTEGER NOT NULL DEFAULT 1 CHECK (min_kinds >= 1),
        needs TEXT NOT NULL DEFAULT '',
        leave_out TEXT NOT NULL DEFAULT '',
        judged_suffix TEXT NOT NULL DEFAULT '',
        rows_from TEXT NOT NULL DEFAULT '' CHECK (rows_from IN ('', 'all', 'below')),
        rows_below INTEGER REFERENCES codes (id),
        position INTEGER NOT NULL,
        CHECK ((rows_from = 'below') = (rows_below IS NOT NULL))
    ) STRICT""",
    "matrix_rows": """CREATE TABLE matrix_rows (
        id INTEGER PRIMARY KEY,
        matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
        label TEXT NOT NULL,
        subcodes INTEGER NOT NULL DEFAULT 1 CHECK (subcodes IN (0, 1)),
        note TEXT NOT NULL DEFAULT '',
        needs TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL,
        UNIQUE (matrix_id, label)
    ) STRICT""",
    "judgements": """CREATE TABLE judgements (
        id INTEGER PRIMARY KEY,
        row_id INTEGER NOT NULL REFERENCES matrix_rows (id) ON DELETE CASCADE,
        column_id INTEGER NOT NULL REFERENCES matrix_columns (id) ON DELETE CASCADE,
        verdict TEXT NOT NULL
            CHECK (verdict IN ('contested', 'present', 'tentative', 'rejected', 'incomplete', 'no data', 'absent')),
        because TEXT NOT NULL CHECK (because <> ''),
        coder TEXT NOT NULL,
        at TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        basis TEXT NOT NULL DEFAULT '',
        UNIQUE (row_id, column_id)
    ) STRICT""",
}
"""A map: table → SQL statement that creates it. The table `readings` is new. The table `topics` replaces `coverage`."""

INDEXES_2 = (
    "CREATE INDEX sources_by_position ON sources (position)",
    "CREATE UNIQUE INDEX readings_by_source ON readings (source_id, coder_id, coalesce(code_id, 0), round)",
    "CREATE INDEX readings_by_code ON readings (code_id)",
    "CREATE INDEX readings_by_coder ON readings (coder_id)",
    "CREATE UNIQUE INDEX codes_by_parent ON codes (coalesce(parent_id, 0), name)",
    "CREATE INDEX codes_by_parent_id ON codes (parent_id)",
    "CREATE INDEX lineage_by_code ON lineage (code_id)",
    'CREATE INDEX codings_by_code ON codings (code_id, source_id, start, "end", stance, certainty, coder_id)',
    'CREATE INDEX codings_by_source ON codings (source_id, start, "end", code_id)',
    "CREATE INDEX codings_by_coder ON codings (coder_id)",
    "CREATE UNIQUE INDEX topics_by_source ON topics (source_id, code_id, coalesce(case_id, 0))",
    "CREATE INDEX topics_by_code ON topics (code_id)",
    "CREATE INDEX topics_by_case ON topics (case_id)",
    "CREATE INDEX matrices_by_rows_below ON matrices (rows_below)",
)

LASTING = ("attributes", "cases", "sources", "codes", "codings", "memos", "matrices")
"""The tables whose rows have lasting ids (`uid`)."""
