-- +goose Up

-- What each user did of each type, week after week of 604,800,000,000
-- microseconds since 1970: a year is some fifty numbers, not a hundred thousand
-- activities. Triggers keep it, whoever changes the activities.
CREATE TABLE activity_tally (
    owner_id INTEGER NOT NULL,
    type     TEXT    NOT NULL,
    week     INTEGER NOT NULL,                   -- happened_at / 604800000000
    count    INTEGER NOT NULL,
    PRIMARY KEY (owner_id, type, week)
) STRICT, WITHOUT ROWID;

INSERT INTO activity_tally (owner_id, type, week, count)
    SELECT owner_id, type, happened_at / 604800000000, count(*) FROM activity
    WHERE (type IN ('note', 'meeting') OR done_at > 0) AND deleted_at IS NULL
    GROUP BY 1, 2, 3;

-- +goose StatementBegin
CREATE TRIGGER activity_tally_created AFTER INSERT ON activity
WHEN (NEW.type IN ('note', 'meeting') OR NEW.done_at > 0) AND NEW.deleted_at IS NULL
BEGIN
    INSERT INTO activity_tally (owner_id, type, week, count) VALUES (NEW.owner_id, NEW.type, NEW.happened_at / 604800000000, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER activity_tally_changed AFTER UPDATE OF owner_id, type, happened_at, done_at, deleted_at ON activity
BEGIN
    UPDATE activity_tally SET count = count - 1
        WHERE (OLD.type IN ('note', 'meeting') OR OLD.done_at > 0) AND OLD.deleted_at IS NULL
            AND owner_id = OLD.owner_id AND type = OLD.type AND week = OLD.happened_at / 604800000000;
    INSERT INTO activity_tally (owner_id, type, week, count)
        SELECT NEW.owner_id, NEW.type, NEW.happened_at / 604800000000, 1
        WHERE (NEW.type IN ('note', 'meeting') OR NEW.done_at > 0) AND NEW.deleted_at IS NULL
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER activity_tally_gone AFTER DELETE ON activity
WHEN (OLD.type IN ('note', 'meeting') OR OLD.done_at > 0) AND OLD.deleted_at IS NULL
BEGIN
    UPDATE activity_tally SET count = count - 1
        WHERE owner_id = OLD.owner_id AND type = OLD.type AND week = OLD.happened_at / 604800000000;
END;
-- +goose StatementEnd
