-- +goose Up

-- Activities of every type, last changed first. The type stands last, so that
-- those of one type are told in the index; before the time it would draw the
-- planner away from the indexes of what is due and done.
CREATE INDEX activity_recent ON activity (updated_at, id, type) WHERE deleted_at IS NULL;
CREATE INDEX activity_owner_recent ON activity (owner_id, updated_at, id, type) WHERE deleted_at IS NULL;
