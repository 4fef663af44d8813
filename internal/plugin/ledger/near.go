package ledger

import (
	"cmp"
	"slices"
	"strings"
)

// mostNear is how many names are suggested at most.
const mostNear = 3

// Near returns the names that somebody who typed name may have meant, the
// nearest first.
func Near(name string, names []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	allowed := max(1, len([]rune(name))/3)
	var near []candidate
	for _, other := range names {
		distance := editDistance(name, other)
		if distance <= allowed || len(name) >= 3 && strings.HasPrefix(other, name) {
			near = append(near, candidate{other, distance})
		}
	}
	slices.SortFunc(near, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.name, b.name))
	})
	var nearest []string
	for _, c := range near[:min(len(near), mostNear)] {
		nearest = append(nearest, c.name)
	}
	return nearest
}

// editDistance is how many letters have to be put in, taken out or replaced, or
// neighbours exchanged, to make one word of the other.
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, previous, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		before, previous, row = previous, row, before
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, previous[j+1]+1, previous[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(y)]
}
