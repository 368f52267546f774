CREATE INDEX acts_done ON acts (id) WHERE state = 'done';
CREATE INDEX acts_undone ON acts (id) WHERE state = 'undone';
CREATE UNIQUE INDEX codes_by_parent ON codes (coalesce(parent_id, 0), name);
CREATE INDEX codes_by_parent_id ON codes (parent_id);
CREATE INDEX codings_by_code ON codings (code_id, source_id, start, "end", stance, certainty, coder_id);
CREATE INDEX codings_by_source ON codings (source_id, start, "end", code_id);
CREATE INDEX images_by_row ON images (tbl, row) WHERE image IS NOT NULL;
CREATE INDEX images_of_ranges ON images (tbl, row) WHERE last_row IS NOT NULL;
CREATE INDEX lineage_by_code ON lineage (code_id);
CREATE INDEX matrices_by_rows_below ON matrices (rows_below);
CREATE UNIQUE INDEX matrix_columns_by_matrix ON matrix_columns (matrix_id, coalesce(case_id, 0), label);
CREATE INDEX matrix_row_codes_by_code ON matrix_row_codes (code_id);
CREATE INDEX matrix_rows_by_query ON matrix_rows (query_id);
CREATE INDEX proposals_by_code ON proposals (code_id);
CREATE INDEX proposals_by_coder ON proposals (coder_id);
CREATE INDEX readings_by_code ON readings (code_id);
CREATE INDEX readings_by_coder ON readings (coder_id);
CREATE UNIQUE INDEX readings_by_source ON readings (source_id, coder_id, coalesce(code_id, 0), round);
CREATE INDEX round_sources_by_source ON round_sources (source_id);
CREATE UNIQUE INDEX rounds_open ON rounds (coder_id) WHERE ended IS NULL;
CREATE INDEX seals_by_resealing ON seals (resealed_by) WHERE resealed_by IS NOT NULL;
CREATE INDEX set_sources_by_source ON set_sources (source_id);
CREATE INDEX source_cases_by_case ON source_cases (case_id, source_id);
CREATE INDEX sources_by_position ON sources (position);
CREATE INDEX summaries_by_case ON summaries (case_id);
CREATE UNIQUE INDEX summaries_by_cell ON summaries (row_id, column_id, coder_id) WHERE row_id IS NOT NULL;
CREATE UNIQUE INDEX summaries_by_code ON summaries (code_id, case_id, coder_id) WHERE code_id IS NOT NULL;
CREATE INDEX summaries_by_coder ON summaries (coder_id);
CREATE INDEX summaries_by_column ON summaries (column_id);
CREATE INDEX texts_by_original ON texts (original_sha256);
CREATE INDEX topics_by_case ON topics (case_id);
CREATE INDEX topics_by_code ON topics (code_id);
CREATE UNIQUE INDEX topics_by_source ON topics (source_id, code_id, coalesce(case_id, 0));
CREATE TABLE acts (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        coder TEXT NOT NULL,
        verb TEXT NOT NULL,
        summary TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'dropped')),
        dropped_by INTEGER CHECK ((dropped_by IS NOT NULL) = (state = 'dropped')),
        first_image INTEGER NOT NULL,
        last_image INTEGER NOT NULL
    ) STRICT;
CREATE TABLE attributes (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
        owner TEXT NOT NULL CHECK (owner IN ('case', 'source')),
        name TEXT NOT NULL CHECK (name <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'yes/no')),
        position INTEGER NOT NULL,
        UNIQUE (owner, name)
    ) STRICT;
CREATE TABLE case_values (
        id INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
        attribute_id INTEGER NOT NULL REFERENCES attributes (id) ON DELETE CASCADE,
        value TEXT NOT NULL,
        UNIQUE (case_id, attribute_id)
    ) STRICT;
CREATE TABLE cases (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
        label TEXT NOT NULL UNIQUE CHECK (label <> ''),
        private_name TEXT,
        letter TEXT NOT NULL DEFAULT '' CHECK (length(letter) <= 1),
        position INTEGER NOT NULL
    ) STRICT;
CREATE TABLE claims (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
        key TEXT NOT NULL UNIQUE CHECK (key <> ''),
        text TEXT NOT NULL CHECK (text <> ''),
        place TEXT NOT NULL DEFAULT '',
        facts TEXT NOT NULL DEFAULT '',
        human TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL
    ) STRICT;
CREATE TABLE coders (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> '')
    ) STRICT;
CREATE TABLE codes (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
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
    ) STRICT;
CREATE TABLE coding_cases (
        id INTEGER PRIMARY KEY,
        coding_id INTEGER NOT NULL REFERENCES codings (id) ON DELETE CASCADE,
        case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
        UNIQUE (coding_id, case_id)
    ) STRICT;
CREATE TABLE codings (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
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
    , round INTEGER NOT NULL DEFAULT 1 CHECK (round >= 1), for_paper INTEGER NOT NULL DEFAULT 0 CHECK (for_paper IN (0, 1)), how TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE erasures (
        id INTEGER PRIMARY KEY,
        act INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('source', 'person', 'older texts')),
        uid TEXT NOT NULL CHECK (uid <> ''),
        salt TEXT NOT NULL DEFAULT '',
        digest TEXT NOT NULL DEFAULT '' CHECK ((salt = '') = (digest = ''))
    ) STRICT;
CREATE TABLE history (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        act INTEGER,
        replaying INTEGER NOT NULL DEFAULT 0
    ) STRICT;
CREATE TABLE images (
        id INTEGER PRIMARY KEY,
        act INTEGER NOT NULL,
        tbl TEXT NOT NULL,
        row INTEGER NOT NULL,
        op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
        image TEXT
    , last_row INTEGER CHECK (last_row IS NULL OR (op = 'insert' AND image IS NULL AND last_row >= row))) STRICT;
CREATE TABLE judgements (
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
    ) STRICT;
CREATE TABLE kept_coding_cases (
        id INTEGER PRIMARY KEY,
        coding_id INTEGER NOT NULL,
        case_id INTEGER NOT NULL
    ) STRICT;
CREATE TABLE kept_codings (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL,
        source_id INTEGER NOT NULL,
        code_id INTEGER NOT NULL,
        coder_id INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        stance TEXT NOT NULL,
        certainty TEXT NOT NULL,
        quote TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        memo TEXT NOT NULL,
        created TEXT NOT NULL
    , round INTEGER NOT NULL DEFAULT 1, for_paper INTEGER NOT NULL DEFAULT 0, how TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE lineage (
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
    ) STRICT;
CREATE TABLE matrices (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
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
    ) STRICT;
CREATE TABLE matrix_columns (
        id INTEGER PRIMARY KEY,
        matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
        case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
        label TEXT NOT NULL DEFAULT '',
        picked INTEGER NOT NULL DEFAULT 0 CHECK (picked IN (0, 1)),
        position INTEGER NOT NULL
    ) STRICT;
CREATE TABLE matrix_evidence (
        id INTEGER PRIMARY KEY,
        matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
        kind TEXT CHECK (kind IN ('interview', 'document', 'report', 'other')),
        coder_id INTEGER REFERENCES coders (id),
        CHECK ((kind IS NULL) <> (coder_id IS NULL))
    ) STRICT;
CREATE TABLE matrix_marks (
        id INTEGER PRIMARY KEY,
        matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
        state TEXT NOT NULL
            CHECK (state IN ('contested', 'present', 'tentative', 'rejected', 'incomplete', 'no data', 'absent')),
        mark TEXT NOT NULL,
        UNIQUE (matrix_id, state)
    ) STRICT;
CREATE TABLE matrix_notes (
        id INTEGER PRIMARY KEY,
        row_id INTEGER NOT NULL REFERENCES matrix_rows (id) ON DELETE CASCADE,
        column_id INTEGER NOT NULL REFERENCES matrix_columns (id) ON DELETE CASCADE,
        text TEXT NOT NULL CHECK (text <> ''),
        UNIQUE (row_id, column_id)
    ) STRICT;
CREATE TABLE matrix_row_codes (
        id INTEGER PRIMARY KEY,
        row_id INTEGER NOT NULL REFERENCES matrix_rows (id) ON DELETE CASCADE,
        code_id INTEGER NOT NULL REFERENCES codes (id) ON DELETE CASCADE,
        UNIQUE (row_id, code_id)
    ) STRICT;
CREATE TABLE matrix_rows (
        id INTEGER PRIMARY KEY,
        matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
        label TEXT NOT NULL,
        subcodes INTEGER NOT NULL DEFAULT 1 CHECK (subcodes IN (0, 1)),
        note TEXT NOT NULL DEFAULT '',
        needs TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL, query_id INTEGER REFERENCES queries (id),
        UNIQUE (matrix_id, label)
    ) STRICT;
CREATE TABLE memos (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
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
    ) STRICT;
CREATE TABLE method_answers (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
        item TEXT NOT NULL UNIQUE CHECK (item <> ''),
        text TEXT NOT NULL CHECK (text <> ''),
        position INTEGER NOT NULL
    ) STRICT;
CREATE TABLE package_sources (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE CHECK (uid <> '')
    ) STRICT;
CREATE TABLE packages (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        coder TEXT NOT NULL CHECK (coder <> ''),
        act INTEGER NOT NULL CHECK (act >= 0),
        digest TEXT NOT NULL DEFAULT '',
        made TEXT NOT NULL
    ) STRICT;
CREATE TABLE project (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL,
        guid TEXT NOT NULL,
        description TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL,
        first_note INTEGER NOT NULL DEFAULT 1 CHECK (first_note >= 0),
        language TEXT NOT NULL DEFAULT ''
    , agreement TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE proposals (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
        path TEXT NOT NULL CHECK (path <> ''),
        definition TEXT NOT NULL DEFAULT '',
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        created TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'merged', 'rejected')),
        code_id INTEGER REFERENCES codes (id) ON DELETE SET NULL,
        reason TEXT NOT NULL DEFAULT '',
        decided TEXT,
        CHECK ((state = 'open') = (decided IS NULL)),
        CHECK (code_id IS NULL OR state = 'merged')
    ) STRICT;
CREATE TABLE queries (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        expression TEXT NOT NULL CHECK (expression <> ''),
        position INTEGER NOT NULL
    ) STRICT;
CREATE TABLE readings (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        code_id INTEGER REFERENCES codes (id) ON DELETE CASCADE,
        round INTEGER NOT NULL DEFAULT 1 CHECK (round >= 1),
        at TEXT NOT NULL CHECK (at <> '')
    ) STRICT;
CREATE TABLE round_sources (
        id INTEGER PRIMARY KEY,
        round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        UNIQUE (round_id, source_id)
    ) STRICT;
CREATE TABLE rounds (
        id INTEGER PRIMARY KEY,
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        number INTEGER NOT NULL CHECK (number >= 1),
        name TEXT NOT NULL CHECK (name <> ''),
        blind INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1)),
        whole INTEGER NOT NULL DEFAULT 1 CHECK (whole IN (0, 1)),
        started TEXT NOT NULL CHECK (started <> ''),
        ended TEXT CHECK (ended <> ''),
        UNIQUE (coder_id, number),
        UNIQUE (coder_id, name)
    ) STRICT;
CREATE TABLE seals (
        id INTEGER PRIMARY KEY,
        salt BLOB NOT NULL,
        before BLOB,
        after BLOB NOT NULL,
        digest BLOB NOT NULL,
        resealed_by INTEGER CHECK (resealed_by > id),
        content BLOB CHECK ((content IS NULL) = (resealed_by IS NULL))
    ) STRICT;
CREATE TABLE set_sources (
        id INTEGER PRIMARY KEY,
        set_id INTEGER NOT NULL REFERENCES source_sets (id) ON DELETE CASCADE,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        UNIQUE (set_id, source_id)
    ) STRICT;
CREATE TABLE source_cases (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
        UNIQUE (source_id, case_id)
    ) STRICT;
CREATE TABLE source_sets (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        position INTEGER NOT NULL
    ) STRICT;
CREATE TABLE source_values (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        attribute_id INTEGER NOT NULL REFERENCES attributes (id) ON DELETE CASCADE,
        value TEXT NOT NULL,
        UNIQUE (source_id, attribute_id)
    ) STRICT;
CREATE TABLE sources (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        title TEXT NOT NULL DEFAULT '',
        kind TEXT NOT NULL CHECK (kind IN ('interview', 'document', 'report', 'other')),
        fidelity TEXT NOT NULL CHECK (fidelity IN ('notes', 'verbatim')),
        language TEXT NOT NULL DEFAULT '',
        started INTEGER NOT NULL DEFAULT 0 CHECK (started IN (0, 1)),
        added TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT;
CREATE TABLE summaries (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
        row_id INTEGER REFERENCES matrix_rows (id) ON DELETE CASCADE,
        column_id INTEGER REFERENCES matrix_columns (id) ON DELETE CASCADE,
        code_id INTEGER REFERENCES codes (id) ON DELETE CASCADE,
        case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        text TEXT NOT NULL CHECK (text <> ''),
        at TEXT NOT NULL CHECK (at <> ''),
        basis TEXT NOT NULL DEFAULT '',
        CHECK ((row_id IS NULL) = (column_id IS NULL)),
        CHECK ((code_id IS NULL) = (case_id IS NULL)),
        CHECK ((row_id IS NULL) <> (code_id IS NULL))
    ) STRICT;
CREATE TABLE texts (
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
    ) STRICT;
CREATE TABLE topics (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        code_id INTEGER NOT NULL REFERENCES codes (id) ON DELETE CASCADE,
        case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN ('asked', 'volunteered', 'not asked'))
    ) STRICT;
CREATE TABLE undecided (
        id INTEGER PRIMARY KEY,
        coding_id INTEGER NOT NULL UNIQUE REFERENCES codings (id) ON DELETE CASCADE,
        version INTEGER NOT NULL CHECK (version >= 1),
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100)
    ) STRICT;
CREATE TRIGGER attributes_deleted AFTER DELETE ON attributes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'attributes', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'owner', OLD."owner", 'name', OLD."name", 'kind', OLD."kind", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER attributes_inserted AFTER INSERT ON attributes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'attributes', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER attributes_updated AFTER UPDATE ON attributes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'attributes', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'owner', OLD."owner", 'name', OLD."name", 'kind', OLD."kind", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER case_values_deleted AFTER DELETE ON case_values BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'case_values', OLD.id, 'delete', json_object('id', OLD."id", 'case_id', OLD."case_id", 'attribute_id', OLD."attribute_id", 'value', OLD."value") FROM history WHERE NOT replaying; END;
CREATE TRIGGER case_values_inserted AFTER INSERT ON case_values BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'case_values', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER case_values_updated AFTER UPDATE ON case_values BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'case_values', OLD.id, 'update', json_object('id', OLD."id", 'case_id', OLD."case_id", 'attribute_id', OLD."attribute_id", 'value', OLD."value") FROM history WHERE NOT replaying; END;
CREATE TRIGGER cases_deleted AFTER DELETE ON cases BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'cases', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'label', OLD."label", 'private_name', OLD."private_name", 'letter', OLD."letter", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER cases_inserted AFTER INSERT ON cases BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'cases', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER cases_updated AFTER UPDATE ON cases BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'cases', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'label', OLD."label", 'private_name', OLD."private_name", 'letter', OLD."letter", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER claims_deleted AFTER DELETE ON claims BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'claims', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'key', OLD."key", 'text', OLD."text", 'place', OLD."place", 'facts', OLD."facts", 'human', OLD."human", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER claims_inserted AFTER INSERT ON claims BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'claims', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER claims_updated AFTER UPDATE ON claims BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'claims', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'key', OLD."key", 'text', OLD."text", 'place', OLD."place", 'facts', OLD."facts", 'human', OLD."human", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER coders_deleted AFTER DELETE ON coders BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'coders', OLD.id, 'delete', json_object('id', OLD."id", 'name', OLD."name") FROM history WHERE NOT replaying; END;
CREATE TRIGGER coders_inserted AFTER INSERT ON coders BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'coders', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER coders_updated AFTER UPDATE ON coders BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'coders', OLD.id, 'update', json_object('id', OLD."id", 'name', OLD."name") FROM history WHERE NOT replaying; END;
CREATE TRIGGER codes_deleted AFTER DELETE ON codes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'codes', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'parent_id', OLD."parent_id", 'name', OLD."name", 'position', OLD."position", 'definition', OLD."definition", 'include', OLD."include", 'exclude', OLD."exclude", 'example', OLD."example", 'origin', OLD."origin", 'status', OLD."status", 'colour', OLD."colour", 'key', OLD."key", 'since', OLD."since") FROM history WHERE NOT replaying; END;
CREATE TRIGGER codes_inserted AFTER INSERT ON codes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'codes', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER codes_updated AFTER UPDATE ON codes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'codes', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'parent_id', OLD."parent_id", 'name', OLD."name", 'position', OLD."position", 'definition', OLD."definition", 'include', OLD."include", 'exclude', OLD."exclude", 'example', OLD."example", 'origin', OLD."origin", 'status', OLD."status", 'colour', OLD."colour", 'key', OLD."key", 'since', OLD."since") FROM history WHERE NOT replaying; END;
CREATE TRIGGER coding_cases_deleted AFTER DELETE ON coding_cases BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'coding_cases', OLD.id, 'delete', json_object('id', OLD."id", 'coding_id', OLD."coding_id", 'case_id', OLD."case_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER coding_cases_inserted AFTER INSERT ON coding_cases BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'coding_cases', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER coding_cases_updated AFTER UPDATE ON coding_cases BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'coding_cases', OLD.id, 'update', json_object('id', OLD."id", 'coding_id', OLD."coding_id", 'case_id', OLD."case_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER codings_deleted AFTER DELETE ON codings BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'codings', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'source_id', OLD."source_id", 'code_id', OLD."code_id", 'coder_id', OLD."coder_id", 'start', OLD."start", 'end', OLD."end", 'stance', OLD."stance", 'certainty', OLD."certainty", 'quote', OLD."quote", 'before', OLD."before", 'after', OLD."after", 'memo', OLD."memo", 'created', OLD."created", 'round', OLD."round", 'for_paper', OLD."for_paper", 'how', OLD."how") FROM history WHERE NOT replaying; END;
CREATE TRIGGER codings_inserted AFTER INSERT ON codings BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'codings', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER codings_updated AFTER UPDATE ON codings BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'codings', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'source_id', OLD."source_id", 'code_id', OLD."code_id", 'coder_id', OLD."coder_id", 'start', OLD."start", 'end', OLD."end", 'stance', OLD."stance", 'certainty', OLD."certainty", 'quote', OLD."quote", 'before', OLD."before", 'after', OLD."after", 'memo', OLD."memo", 'created', OLD."created", 'round', OLD."round", 'for_paper', OLD."for_paper", 'how', OLD."how") FROM history WHERE NOT replaying; END;
CREATE TRIGGER judgements_deleted AFTER DELETE ON judgements BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'judgements', OLD.id, 'delete', json_object('id', OLD."id", 'row_id', OLD."row_id", 'column_id', OLD."column_id", 'verdict', OLD."verdict", 'because', OLD."because", 'coder', OLD."coder", 'at', OLD."at", 'fingerprint', OLD."fingerprint", 'basis', OLD."basis") FROM history WHERE NOT replaying; END;
CREATE TRIGGER judgements_inserted AFTER INSERT ON judgements BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'judgements', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER judgements_updated AFTER UPDATE ON judgements BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'judgements', OLD.id, 'update', json_object('id', OLD."id", 'row_id', OLD."row_id", 'column_id', OLD."column_id", 'verdict', OLD."verdict", 'because', OLD."because", 'coder', OLD."coder", 'at', OLD."at", 'fingerprint', OLD."fingerprint", 'basis', OLD."basis") FROM history WHERE NOT replaying; END;
CREATE TRIGGER lineage_deleted AFTER DELETE ON lineage BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'lineage', OLD.id, 'delete', json_object('id', OLD."id", 'code_id', OLD."code_id", 'event', OLD."event", 'at', OLD."at", 'coder', OLD."coder", 'path', OLD."path", 'definition', OLD."definition", 'note', OLD."note", 'since', OLD."since") FROM history WHERE NOT replaying; END;
CREATE TRIGGER lineage_inserted AFTER INSERT ON lineage BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'lineage', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER lineage_updated AFTER UPDATE ON lineage BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'lineage', OLD.id, 'update', json_object('id', OLD."id", 'code_id', OLD."code_id", 'event', OLD."event", 'at', OLD."at", 'coder', OLD."coder", 'path', OLD."path", 'definition', OLD."definition", 'note', OLD."note", 'since', OLD."since") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrices_deleted AFTER DELETE ON matrices BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrices', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'title', OLD."title", 'columns', OLD."columns", 'show', OLD."show", 'min_quotes', OLD."min_quotes", 'min_sources', OLD."min_sources", 'min_kinds', OLD."min_kinds", 'needs', OLD."needs", 'leave_out', OLD."leave_out", 'judged_suffix', OLD."judged_suffix", 'rows_from', OLD."rows_from", 'rows_below', OLD."rows_below", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrices_inserted AFTER INSERT ON matrices BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrices', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrices_updated AFTER UPDATE ON matrices BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrices', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'title', OLD."title", 'columns', OLD."columns", 'show', OLD."show", 'min_quotes', OLD."min_quotes", 'min_sources', OLD."min_sources", 'min_kinds', OLD."min_kinds", 'needs', OLD."needs", 'leave_out', OLD."leave_out", 'judged_suffix', OLD."judged_suffix", 'rows_from', OLD."rows_from", 'rows_below', OLD."rows_below", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_columns_deleted AFTER DELETE ON matrix_columns BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_columns', OLD.id, 'delete', json_object('id', OLD."id", 'matrix_id', OLD."matrix_id", 'case_id', OLD."case_id", 'label', OLD."label", 'picked', OLD."picked", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_columns_inserted AFTER INSERT ON matrix_columns BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_columns', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_columns_updated AFTER UPDATE ON matrix_columns BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_columns', OLD.id, 'update', json_object('id', OLD."id", 'matrix_id', OLD."matrix_id", 'case_id', OLD."case_id", 'label', OLD."label", 'picked', OLD."picked", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_evidence_deleted AFTER DELETE ON matrix_evidence BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_evidence', OLD.id, 'delete', json_object('id', OLD."id", 'matrix_id', OLD."matrix_id", 'kind', OLD."kind", 'coder_id', OLD."coder_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_evidence_inserted AFTER INSERT ON matrix_evidence BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_evidence', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_evidence_updated AFTER UPDATE ON matrix_evidence BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_evidence', OLD.id, 'update', json_object('id', OLD."id", 'matrix_id', OLD."matrix_id", 'kind', OLD."kind", 'coder_id', OLD."coder_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_marks_deleted AFTER DELETE ON matrix_marks BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_marks', OLD.id, 'delete', json_object('id', OLD."id", 'matrix_id', OLD."matrix_id", 'state', OLD."state", 'mark', OLD."mark") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_marks_inserted AFTER INSERT ON matrix_marks BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_marks', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_marks_updated AFTER UPDATE ON matrix_marks BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_marks', OLD.id, 'update', json_object('id', OLD."id", 'matrix_id', OLD."matrix_id", 'state', OLD."state", 'mark', OLD."mark") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_notes_deleted AFTER DELETE ON matrix_notes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_notes', OLD.id, 'delete', json_object('id', OLD."id", 'row_id', OLD."row_id", 'column_id', OLD."column_id", 'text', OLD."text") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_notes_inserted AFTER INSERT ON matrix_notes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_notes', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_notes_updated AFTER UPDATE ON matrix_notes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_notes', OLD.id, 'update', json_object('id', OLD."id", 'row_id', OLD."row_id", 'column_id', OLD."column_id", 'text', OLD."text") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_row_codes_deleted AFTER DELETE ON matrix_row_codes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_row_codes', OLD.id, 'delete', json_object('id', OLD."id", 'row_id', OLD."row_id", 'code_id', OLD."code_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_row_codes_inserted AFTER INSERT ON matrix_row_codes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_row_codes', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_row_codes_updated AFTER UPDATE ON matrix_row_codes BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_row_codes', OLD.id, 'update', json_object('id', OLD."id", 'row_id', OLD."row_id", 'code_id', OLD."code_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_rows_deleted AFTER DELETE ON matrix_rows BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_rows', OLD.id, 'delete', json_object('id', OLD."id", 'matrix_id', OLD."matrix_id", 'label', OLD."label", 'subcodes', OLD."subcodes", 'note', OLD."note", 'needs', OLD."needs", 'position', OLD."position", 'query_id', OLD."query_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_rows_inserted AFTER INSERT ON matrix_rows BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_rows', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER matrix_rows_updated AFTER UPDATE ON matrix_rows BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'matrix_rows', OLD.id, 'update', json_object('id', OLD."id", 'matrix_id', OLD."matrix_id", 'label', OLD."label", 'subcodes', OLD."subcodes", 'note', OLD."note", 'needs', OLD."needs", 'position', OLD."position", 'query_id', OLD."query_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER memos_deleted AFTER DELETE ON memos BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'memos', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'target', OLD."target", 'source_id', OLD."source_id", 'case_id', OLD."case_id", 'code_id', OLD."code_id", 'matrix_id', OLD."matrix_id", 'title', OLD."title", 'text', OLD."text", 'coder_id', OLD."coder_id", 'created', OLD."created") FROM history WHERE NOT replaying; END;
CREATE TRIGGER memos_inserted AFTER INSERT ON memos BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'memos', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER memos_updated AFTER UPDATE ON memos BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'memos', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'target', OLD."target", 'source_id', OLD."source_id", 'case_id', OLD."case_id", 'code_id', OLD."code_id", 'matrix_id', OLD."matrix_id", 'title', OLD."title", 'text', OLD."text", 'coder_id', OLD."coder_id", 'created', OLD."created") FROM history WHERE NOT replaying; END;
CREATE TRIGGER method_answers_deleted AFTER DELETE ON method_answers BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'method_answers', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'item', OLD."item", 'text', OLD."text", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER method_answers_inserted AFTER INSERT ON method_answers BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'method_answers', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER method_answers_updated AFTER UPDATE ON method_answers BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'method_answers', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'item', OLD."item", 'text', OLD."text", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER package_sources_deleted AFTER DELETE ON package_sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'package_sources', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid") FROM history WHERE NOT replaying; END;
CREATE TRIGGER package_sources_inserted AFTER INSERT ON package_sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'package_sources', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER package_sources_updated AFTER UPDATE ON package_sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'package_sources', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid") FROM history WHERE NOT replaying; END;
CREATE TRIGGER packages_deleted AFTER DELETE ON packages BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'packages', OLD.id, 'delete', json_object('id', OLD."id", 'coder', OLD."coder", 'act', OLD."act", 'digest', OLD."digest", 'made', OLD."made") FROM history WHERE NOT replaying; END;
CREATE TRIGGER packages_inserted AFTER INSERT ON packages BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'packages', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER packages_updated AFTER UPDATE ON packages BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'packages', OLD.id, 'update', json_object('id', OLD."id", 'coder', OLD."coder", 'act', OLD."act", 'digest', OLD."digest", 'made', OLD."made") FROM history WHERE NOT replaying; END;
CREATE TRIGGER project_deleted AFTER DELETE ON project BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'project', OLD.id, 'delete', json_object('id', OLD."id", 'name', OLD."name", 'guid', OLD."guid", 'description', OLD."description", 'created', OLD."created", 'first_note', OLD."first_note", 'language', OLD."language", 'agreement', OLD."agreement") FROM history WHERE NOT replaying; END;
CREATE TRIGGER project_inserted AFTER INSERT ON project BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'project', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER project_updated AFTER UPDATE ON project BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'project', OLD.id, 'update', json_object('id', OLD."id", 'name', OLD."name", 'guid', OLD."guid", 'description', OLD."description", 'created', OLD."created", 'first_note', OLD."first_note", 'language', OLD."language", 'agreement', OLD."agreement") FROM history WHERE NOT replaying; END;
CREATE TRIGGER proposals_deleted AFTER DELETE ON proposals BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'proposals', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'path', OLD."path", 'definition', OLD."definition", 'coder_id', OLD."coder_id", 'created', OLD."created", 'state', OLD."state", 'code_id', OLD."code_id", 'reason', OLD."reason", 'decided', OLD."decided") FROM history WHERE NOT replaying; END;
CREATE TRIGGER proposals_inserted AFTER INSERT ON proposals BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'proposals', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER proposals_updated AFTER UPDATE ON proposals BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'proposals', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'path', OLD."path", 'definition', OLD."definition", 'coder_id', OLD."coder_id", 'created', OLD."created", 'state', OLD."state", 'code_id', OLD."code_id", 'reason', OLD."reason", 'decided', OLD."decided") FROM history WHERE NOT replaying; END;
CREATE TRIGGER queries_deleted AFTER DELETE ON queries BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'queries', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'expression', OLD."expression", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER queries_inserted AFTER INSERT ON queries BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'queries', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER queries_updated AFTER UPDATE ON queries BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'queries', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'expression', OLD."expression", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER readings_deleted AFTER DELETE ON readings BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'readings', OLD.id, 'delete', json_object('id', OLD."id", 'source_id', OLD."source_id", 'coder_id', OLD."coder_id", 'code_id', OLD."code_id", 'round', OLD."round", 'at', OLD."at") FROM history WHERE NOT replaying; END;
CREATE TRIGGER readings_inserted AFTER INSERT ON readings BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'readings', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER readings_updated AFTER UPDATE ON readings BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'readings', OLD.id, 'update', json_object('id', OLD."id", 'source_id', OLD."source_id", 'coder_id', OLD."coder_id", 'code_id', OLD."code_id", 'round', OLD."round", 'at', OLD."at") FROM history WHERE NOT replaying; END;
CREATE TRIGGER round_sources_deleted AFTER DELETE ON round_sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'round_sources', OLD.id, 'delete', json_object('id', OLD."id", 'round_id', OLD."round_id", 'source_id', OLD."source_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER round_sources_inserted AFTER INSERT ON round_sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'round_sources', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER round_sources_updated AFTER UPDATE ON round_sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'round_sources', OLD.id, 'update', json_object('id', OLD."id", 'round_id', OLD."round_id", 'source_id', OLD."source_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER rounds_deleted AFTER DELETE ON rounds BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'rounds', OLD.id, 'delete', json_object('id', OLD."id", 'coder_id', OLD."coder_id", 'number', OLD."number", 'name', OLD."name", 'blind', OLD."blind", 'whole', OLD."whole", 'started', OLD."started", 'ended', OLD."ended") FROM history WHERE NOT replaying; END;
CREATE TRIGGER rounds_inserted AFTER INSERT ON rounds BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'rounds', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER rounds_updated AFTER UPDATE ON rounds BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'rounds', OLD.id, 'update', json_object('id', OLD."id", 'coder_id', OLD."coder_id", 'number', OLD."number", 'name', OLD."name", 'blind', OLD."blind", 'whole', OLD."whole", 'started', OLD."started", 'ended', OLD."ended") FROM history WHERE NOT replaying; END;
CREATE TRIGGER set_sources_deleted AFTER DELETE ON set_sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'set_sources', OLD.id, 'delete', json_object('id', OLD."id", 'set_id', OLD."set_id", 'source_id', OLD."source_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER set_sources_inserted AFTER INSERT ON set_sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'set_sources', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER set_sources_updated AFTER UPDATE ON set_sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'set_sources', OLD.id, 'update', json_object('id', OLD."id", 'set_id', OLD."set_id", 'source_id', OLD."source_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER source_cases_deleted AFTER DELETE ON source_cases BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'source_cases', OLD.id, 'delete', json_object('id', OLD."id", 'source_id', OLD."source_id", 'case_id', OLD."case_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER source_cases_inserted AFTER INSERT ON source_cases BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'source_cases', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER source_cases_updated AFTER UPDATE ON source_cases BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'source_cases', OLD.id, 'update', json_object('id', OLD."id", 'source_id', OLD."source_id", 'case_id', OLD."case_id") FROM history WHERE NOT replaying; END;
CREATE TRIGGER source_sets_deleted AFTER DELETE ON source_sets BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'source_sets', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER source_sets_inserted AFTER INSERT ON source_sets BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'source_sets', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER source_sets_updated AFTER UPDATE ON source_sets BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'source_sets', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER source_values_deleted AFTER DELETE ON source_values BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'source_values', OLD.id, 'delete', json_object('id', OLD."id", 'source_id', OLD."source_id", 'attribute_id', OLD."attribute_id", 'value', OLD."value") FROM history WHERE NOT replaying; END;
CREATE TRIGGER source_values_inserted AFTER INSERT ON source_values BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'source_values', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER source_values_updated AFTER UPDATE ON source_values BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'source_values', OLD.id, 'update', json_object('id', OLD."id", 'source_id', OLD."source_id", 'attribute_id', OLD."attribute_id", 'value', OLD."value") FROM history WHERE NOT replaying; END;
CREATE TRIGGER sources_deleted AFTER DELETE ON sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'sources', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'title', OLD."title", 'kind', OLD."kind", 'fidelity', OLD."fidelity", 'language', OLD."language", 'started', OLD."started", 'added', OLD."added", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER sources_inserted AFTER INSERT ON sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'sources', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER sources_updated AFTER UPDATE ON sources BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'sources', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'title', OLD."title", 'kind', OLD."kind", 'fidelity', OLD."fidelity", 'language', OLD."language", 'started', OLD."started", 'added', OLD."added", 'position', OLD."position") FROM history WHERE NOT replaying; END;
CREATE TRIGGER summaries_deleted AFTER DELETE ON summaries BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'summaries', OLD.id, 'delete', json_object('id', OLD."id", 'uid', OLD."uid", 'row_id', OLD."row_id", 'column_id', OLD."column_id", 'code_id', OLD."code_id", 'case_id', OLD."case_id", 'coder_id', OLD."coder_id", 'text', OLD."text", 'at', OLD."at", 'basis', OLD."basis") FROM history WHERE NOT replaying; END;
CREATE TRIGGER summaries_inserted AFTER INSERT ON summaries BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'summaries', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER summaries_updated AFTER UPDATE ON summaries BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'summaries', OLD.id, 'update', json_object('id', OLD."id", 'uid', OLD."uid", 'row_id', OLD."row_id", 'column_id', OLD."column_id", 'code_id', OLD."code_id", 'case_id', OLD."case_id", 'coder_id', OLD."coder_id", 'text', OLD."text", 'at', OLD."at", 'basis', OLD."basis") FROM history WHERE NOT replaying; END;
CREATE TRIGGER texts_deleted AFTER DELETE ON texts BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'texts', OLD.id, 'delete', json_object('id', OLD."id", 'source_id', OLD."source_id", 'version', OLD."version", 'length', OLD."length", 'sha256', OLD."sha256", 'original', OLD."original", 'original_sha256', OLD."original_sha256", 'added', OLD."added", 'text', OLD."text") FROM history WHERE NOT replaying; END;
CREATE TRIGGER texts_inserted AFTER INSERT ON texts BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'texts', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER texts_updated AFTER UPDATE ON texts BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'texts', OLD.id, 'update', json_object('id', OLD."id", 'source_id', OLD."source_id", 'version', OLD."version", 'length', OLD."length", 'sha256', OLD."sha256", 'original', OLD."original", 'original_sha256', OLD."original_sha256", 'added', OLD."added", 'text', OLD."text") FROM history WHERE NOT replaying; END;
CREATE TRIGGER topics_deleted AFTER DELETE ON topics BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'topics', OLD.id, 'delete', json_object('id', OLD."id", 'source_id', OLD."source_id", 'code_id', OLD."code_id", 'case_id', OLD."case_id", 'state', OLD."state") FROM history WHERE NOT replaying; END;
CREATE TRIGGER topics_inserted AFTER INSERT ON topics BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'topics', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER topics_updated AFTER UPDATE ON topics BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'topics', OLD.id, 'update', json_object('id', OLD."id", 'source_id', OLD."source_id", 'code_id', OLD."code_id", 'case_id', OLD."case_id", 'state', OLD."state") FROM history WHERE NOT replaying; END;
CREATE TRIGGER undecided_deleted AFTER DELETE ON undecided BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'undecided', OLD.id, 'delete', json_object('id', OLD."id", 'coding_id', OLD."coding_id", 'version', OLD."version", 'start', OLD."start", 'end', OLD."end", 'score', OLD."score") FROM history WHERE NOT replaying; END;
CREATE TRIGGER undecided_inserted AFTER INSERT ON undecided BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'undecided', NEW.id, 'insert', NULL FROM history WHERE NOT replaying; END;
CREATE TRIGGER undecided_updated AFTER UPDATE ON undecided BEGIN INSERT INTO images (act, tbl, row, op, image) SELECT act, 'undecided', OLD.id, 'update', json_object('id', OLD."id", 'coding_id', OLD."coding_id", 'version', OLD."version", 'start', OLD."start", 'end', OLD."end", 'score', OLD."score") FROM history WHERE NOT replaying; END;
