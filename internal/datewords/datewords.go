// Package datewords writes civil dates out, as a person says them.
package datewords

import (
	"fmt"
	"time"
)

var spanishMonths = [...]string{
	"enero", "febrero", "marzo", "abril", "mayo", "junio",
	"julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
}

// Spanish is a date such as "3 de marzo de 2027".
func Spanish(year int, month time.Month, day int) string {
	return fmt.Sprintf("%d de %s de %d", day, spanishMonths[month-1], year)
}

// English is a date such as "3 March 2027".
func English(year int, month time.Month, day int) string {
	return fmt.Sprintf("%d %s %d", day, month, year)
}
