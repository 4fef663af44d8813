package contract

import "time"

// IsHoliday reports whether d is a day of rest by article 74 of the Mexican
// federal labour law (contract.md 1). A holiday that falls on a weekend moves
// nowhere. State and federal election days are not here: the policy adds them.
func IsHoliday(d Date) bool {
	year, month, day := d.Civil()
	switch month {
	case time.January:
		return day == 1
	case time.February:
		return d.Weekday() == time.Monday && nthInMonth(day) == 1
	case time.March:
		return d.Weekday() == time.Monday && nthInMonth(day) == 3
	case time.May:
		return day == 1
	case time.September:
		return day == 16
	case time.October:
		return day == 1 && takesOffice(year)
	case time.November:
		return d.Weekday() == time.Monday && nthInMonth(day) == 3
	case time.December:
		return day == 25
	default:
		return false
	}
}

// nthInMonth says of a weekday that falls on this day of the month which one of
// its kind it is: the first Monday falls on days 1 to 7, the third on 15 to 21.
func nthInMonth(day int) int { return (day-1)/7 + 1 }

// takesOffice reports whether a president takes office on 1 October of the
// year: in 2024 and every sixth year after.
func takesOffice(year int) bool { return year >= 2024 && (year-2024)%6 == 0 }
