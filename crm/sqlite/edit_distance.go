package sqlite

// editDistance counts the slips between two words: a letter too many, one too
// few, a wrong one, or two swapped neighbours (the optimal string alignment
// distance). Beyond most it answers most+1 without counting on.
func editDistance(a, b string, most int) int {
	left, right := []rune(a), []rune(b)
	if len(left)-len(right) > most || len(right)-len(left) > most {
		return most + 1
	}
	before, last, row := make([]int, len(right)+1), make([]int, len(right)+1), make([]int, len(right)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(left); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(right); j++ {
			cost := 1
			if left[i-1] == right[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && left[i-1] == right[j-2] && left[i-2] == right[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(right)]
}
