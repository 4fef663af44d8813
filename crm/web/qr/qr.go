// Package qr draws QR codes.
package qr

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// margin is the quiet zone that readers need around a code, in modules.
const margin = 4

// Code is a QR code as an SVG draws it: dark modules as one path, in a square
// of so many units a side, margin included.
type Code struct {
	Path string
	Size int
}

// Draw makes the code of a text.
func Draw(text string) (Code, error) {
	image, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return Code{}, fmt.Errorf("draw a QR code: %w", err)
	}
	side := image.Bounds().Dx()
	var path strings.Builder
	for y := range side {
		for x := 0; x < side; x++ {
			run := 0
			for x+run < side && image.At(x+run, y) == color.Black {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+margin, y+margin, run, run)
				x += run
			}
		}
	}
	return Code{Path: path.String(), Size: side + 2*margin}, nil
}
