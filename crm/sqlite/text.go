package sqlite

import (
	"fmt"
	"unicode/utf8"
)

// recordText is what a record is found by: its name, and the rest.
type recordText struct {
	name, detail string
}

// index stores the words of a record, in place of those it had.
func (t *tx) index(table string, id int64, text recordText) error {
	if t.gathered.text(table, id, text, true) {
		return nil
	}
	if _, err := t.exec("DELETE FROM "+table+"_text WHERE rowid = ?", id); err != nil {
		return fmt.Errorf("forget the words of %s %d: %w", table, id, err)
	}
	return t.indexNew(table, id, text)
}

// indexNew stores the words of a record that had none. It replaces nothing: a
// statement that may fail half way makes the full-text index write what it has
// gathered, row by row.
func (t *tx) indexNew(table string, id int64, text recordText) error {
	if t.gathered.text(table, id, text, false) {
		return nil
	}
	if _, err := t.exec("INSERT INTO "+table+"_text (rowid, name, detail) VALUES (?, ?, ?)", id, text.name, text.detail); err != nil {
		return fmt.Errorf("index %s %d: %w", table, id, err)
	}
	for _, word := range words(text.name) {
		if err := t.learn(word); err != nil {
			return err
		}
	}
	return nil
}

// learn adds a word of a name to those that a misspelt word is compared with.
// Words are never taken out: one that no record has any more finds nothing.
func (t *tx) learn(word string) error {
	if utf8.RuneCountInString(word) < shortestGuess {
		return nil
	}
	if t.gathered.knowsWord(word) {
		return nil
	}
	known := false
	if err := t.queryRow("SELECT EXISTS (SELECT 1 FROM name_word WHERE word = ?)", word).Scan(&known); err != nil {
		return fmt.Errorf("look word up: %w", err)
	}
	t.gathered.word(word)
	if known {
		return nil
	}
	id, err := t.insert("INSERT INTO name_word (word) VALUES (?)", word)
	if err != nil {
		return fmt.Errorf("learn word: %w", err)
	}
	if _, err := t.exec("INSERT INTO name_trigram (rowid, word) VALUES (?, ?)", id, wordStart+word); err != nil {
		return fmt.Errorf("learn trigrams: %w", err)
	}
	return nil
}
