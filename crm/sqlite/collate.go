package sqlite

import (
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// longestSortKey bounds a sort key, in bytes. It covers the first hundred
// characters or so; longer names that agree so far are in the order of their ids.
const longestSortKey = 240

// collation is one collator with its buffer, for one goroutine at a time.
type collation struct {
	buffer   collate.Buffer
	collator *collate.Collator
}

var collations = sync.Pool{New: func() any {
	return &collation{collator: collate.New(language.Spanish, collate.Loose)}
}}

// sortKey is a name's place in the Spanish alphabet: ñ is a letter after n;
// accents, other marks and case do not count. Keys compare as bytes.
func sortKey(name string) []byte {
	c := collations.Get().(*collation)
	defer collations.Put(c)
	c.buffer.Reset()
	key := c.collator.KeyFromString(&c.buffer, name)
	if len(key) > longestSortKey {
		key = key[:longestSortKey]
	}
	return append([]byte{}, key...)
}
