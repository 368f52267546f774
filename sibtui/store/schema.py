"""The tables of version 1 of a study file.

Every table has a column `id`, by which the history refers to a row. This id never changes. SQLite's hidden `rowid` is
not suitable: VACUUM may change it. The texts of sources have a separate table, so that listing the sources does not
read the texts. Times are ISO 8601 in UTC.
"""

from __future__ import annotations

APPLICATION_ID = 0x53494254  # "SIBT"
VERSION = 12
SCHEMA_SHA256 = {
    1: "e50959a1cb6b6cee51d7a105595f873babfd391568bbd89d3f31c710c5e4b24a",
    2: "3717b0f25a9cebed07eb236d7e5233cb4ec35b0b134ab633835ca746aef985a4",
    3: "381dcb8ea5c3a5591f2a584dd499b4ca743ab734c6f08c13dddba6f53b08a895",
    4: "a7ebfe11ba055e64982011565c5f451fd728329dbf32a3cfd32978731f45acfa",
    5: "a000aca7b8b56aa57ed2524f427d01b7bdc2749a262fa611dc0d43f2f6d032d7",
    6: "4a3e6ebf63d2bf3c2b111a21e7dcf648179a27f73633aaf06a2d6f614a8cbb4b",
    7: "c7c909b2fc5b56c7b0b2a360ae94afb63aedfb9618ef3c06b8516e36dbdcad24",
    8: "afa84dd805eab2427b33863f8114104563730132bb4e511a7362b45f1a630203",
    9: "0250559a26dd2fd7d6ddb5f09ee525c5e8183bf034df040df4d4b74097694b4e",
    10: "c8901b8dfa36e97e09d914112f6d59ef9a78a63be83b7360ade2e9211bb776c4",
    11: "447b29cded1640f96680c1d6c97c8a491f2f12a12452a3489705304e5edef602",
    12: "153cabe433ed751c9a70754cf71f0df281a76712dd54c180095c4021f4e165df",
}
"""A map: version → digest of its schema. A file is refused if its schema has another digest.

A test checks the newest digest.
"""

USUAL_SHA256 = "26f7a4c2df97b17fcda3aaa2c05664d2d088ff78abd6f217340ed4899bbbfd63"
"""The digest of the current version's schema that `pinned_schema.usual_digest` computes."""

TABLES_1 = (
    """CREATE TABLE project (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL,
        guid TEXT NOT NULL,
        description TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL,
        first_note INTEGER NOT NULL DEFAULT 1 CHECK (first_note >= 0)
    ) STRICT""",
    """CREATE TABLE coders (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> '')
    ) STRICT""",
    """CREATE TABLE attributes (
        id INTEGER PRIMARY KEY,
        owner TEXT NOT NULL CHECK (owner IN ('case', 'source')),
        name TEXT NOT NULL CHECK (name <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'yes/no')),
        position INTEGER NOT NULL,
        UNIQUE (owner, name)
    ) STRICT""",
    """CREATE TABLE cases (
        id INTEGER PRIMARY KEY,
        label TEXT NOT NULL UNIQUE CHECK (label <> ''),
        private_name TEXT,
        position INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE case_values (
        id INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
        attribute_id INTEGER NOT NULL REFERENCES attributes (id) ON DELETE CASCADE,
        value TEXT NOT NULL,
        UNIQUE (case_id, attribute_id)
    ) STRICT""",
    """CREATE TABLE sources (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        title TEXT NOT NULL DEFAULT '',
        kind TEXT NOT NULL CHECK (kind IN ('interview', 'document', 'report', 'other')),
        fidelity TEXT NOT NULL CHECK (fidelity IN ('notes', 'verbatim')),
        reading TEXT NOT NULL DEFAULT 'unread' CHECK (reading IN ('unread', 'in progress', 'read')),
        read_at TEXT,
        added TEXT NOT NULL,
        position INTEGER NOT NULL,
        CHECK ((reading = 'read') = (read_at IS NOT NULL))
    ) STRICT""",
    "CREATE INDEX sources_by_position ON sources (position)",
    """CREATE TABLE texts (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        version INTEGER NOT NULL CHECK (version >= 1),
        length INTEGER NOT NULL CHECK (length >= 0),
        sha256 TEXT NOT NULL,
        original TEXT NOT NULL DEFAULT '',
        original_sha256 TEXT NOT NULL DEFAULT '',
        added TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (source_id, version)
    ) STRICT""",
    "CREATE INDEX texts_by_original ON texts (original_sha256)",
    """CREATE TABLE source_values (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        attribute_id INTEGER NOT NULL REFERENCES attributes (id) ON DELETE CASCADE,
        value TEXT NOT NULL,
        UNIQUE (source_id, attribute_id)
    ) STRICT""",
    """CREATE TABLE source_cases (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
        UNIQUE (source_id, case_id)
    ) STRICT""",
    "CREATE INDEX source_cases_by_case ON source_cases (case_id, source_id)",
    """CREATE TABLE codes (
        id INTEGER PRIMARY KEY,
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
    "CREATE UNIQUE INDEX codes_by_parent ON codes (coalesce(parent_id, 0), name)",
    "CREATE INDEX codes_by_parent_id ON codes (parent_id)",
    """CREATE TABLE lineage (
        id INTEGER PRIMARY KEY,
        code_id INTEGER NOT NULL REFERENCES codes (id) ON DELETE CASCADE,
        event TEXT NOT NULL CHECK (event IN ('renamed', 'moved', 'merged', 'split', 'retired', 'restored')),
        at TEXT NOT NULL,
        coder TEXT NOT NULL,
        path TEXT NOT NULL,
        definition TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "CREATE INDEX lineage_by_code ON lineage (code_id)",
    """CREATE TABLE codings (
        id INTEGER PRIMARY KEY,
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
    'CREATE INDEX codings_by_code ON codings (code_id, source_id, start, "end", stance, certainty, coder_id)',
    'CREATE INDEX codings_by_source ON codings (source_id, start, "end", code_id)',
    "CREATE INDEX codings_by_coder ON codings (coder_id)",
    """CREATE TABLE coding_cases (
        id INTEGER PRIMARY KEY,
        coding_id INTEGER NOT NULL REFERENCES codings (id) ON DELETE CASCADE,
        case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
        UNIQUE (coding_id, case_id)
    ) STRICT""",
    "CREATE INDEX coding_cases_by_case ON coding_cases (case_id, coding_id)",
    """CREATE TABLE memos (
        id INTEGER PRIMARY KEY,
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
    """CREATE TABLE coverage (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        code_id INTEGER NOT NULL REFERENCES codes (id) ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN ('asked', 'volunteered', 'not asked')),
        UNIQUE (source_id, code_id)
    ) STRICT""",
    "CREATE INDEX coverage_by_code ON coverage (code_id)",
    """CREATE TABLE matrices (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        title TEXT NOT NULL DEFAULT '',
        columns TEXT NOT NULL DEFAULT 'cases',
        show TEXT NOT NULL DEFAULT 'presence'
            CHECK (show IN ('presence', 'count', 'sources', 'count (sources)', 'coverage', 'quotes')),
        min_quotes INTEGER NOT NULL DEFAULT 1 CHECK (min_quotes >= 1),
        min_sources INTEGER NOT NULL DEFAULT 1 CHECK (min_sources >= 1),
        position INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE matrix_marks (
        id INTEGER PRIMARY KEY,
        matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
        state TEXT NOT NULL
            CHECK (state IN ('contested', 'present', 'tentative', 'rejected', 'incomplete', 'no data', 'absent')),
        mark TEXT NOT NULL,
        UNIQUE (matrix_id, state)
    ) STRICT""",
    """CREATE TABLE matrix_columns (
        id INTEGER PRIMARY KEY,
        matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
        case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
        label TEXT NOT NULL DEFAULT '',
        picked INTEGER NOT NULL DEFAULT 0 CHECK (picked IN (0, 1)),
        position INTEGER NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX matrix_columns_by_matrix ON matrix_columns (matrix_id, coalesce(case_id, 0), label)",
    """CREATE TABLE matrix_rows (
        id INTEGER PRIMARY KEY,
        matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
        label TEXT NOT NULL,
        subcodes INTEGER NOT NULL DEFAULT 1 CHECK (subcodes IN (0, 1)),
        note TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL,
        UNIQUE (matrix_id, label)
    ) STRICT""",
    """CREATE TABLE matrix_row_codes (
        id INTEGER PRIMARY KEY,
        row_id INTEGER NOT NULL REFERENCES matrix_rows (id) ON DELETE CASCADE,
        code_id INTEGER NOT NULL REFERENCES codes (id) ON DELETE CASCADE,
        UNIQUE (row_id, code_id)
    ) STRICT""",
    "CREATE INDEX matrix_row_codes_by_code ON matrix_row_codes (code_id)",
    """CREATE TABLE matrix_notes (
        id INTEGER PRIMARY KEY,
        row_id INTEGER NOT NULL REFERENCES matrix_rows (id) ON DELETE CASCADE,
        column_id INTEGER NOT NULL REFERENCES matrix_columns (id) ON DELETE CASCADE,
        text TEXT NOT NULL CHECK (text <> ''),
        UNIQUE (row_id, column_id)
    ) STRICT""",
    """CREATE TABLE judgements (
        id INTEGER PRIMARY KEY,
        row_id INTEGER NOT NULL REFERENCES matrix_rows (id) ON DELETE CASCADE,
        column_id INTEGER NOT NULL REFERENCES matrix_columns (id) ON DELETE CASCADE,
        verdict TEXT NOT NULL
            CHECK (verdict IN ('contested', 'present', 'tentative', 'rejected', 'incomplete', 'no data', 'absent')),
        because TEXT NOT NULL CHECK (because <> ''),
        coder TEXT NOT NULL,
        at TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        UNIQUE (row_id, column_id)
    ) STRICT""",
    # The history, which is not recorded itself (see history.py)
    """CREATE TABLE acts (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        coder TEXT NOT NULL,
        verb TEXT NOT NULL,
        summary TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'dropped')),
        dropped_by INTEGER CHECK ((dropped_by IS NOT NULL) = (state = 'dropped')),
        first_image INTEGER NOT NULL,
        last_image INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX acts_undone ON acts (id) WHERE state = 'undone'",
    "CREATE INDEX acts_done ON acts (id) WHERE state = 'done'",
    """CREATE TABLE images (
        id INTEGER PRIMARY KEY,
        act INTEGER NOT NULL,
        tbl TEXT NOT NULL,
        row INTEGER NOT NULL,
        op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
        image TEXT
    ) STRICT""",
    """CREATE TABLE history (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        act INTEGER,
        replaying INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "INSERT INTO history (id) VALUES (1)",
)
