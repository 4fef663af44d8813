package crm

import (
	"context"
	"io"
)

// ExportService writes everything that the team has stored.
type ExportService interface {
	// Export writes one ZIP with every record, as of one moment, while it reads
	// them (package archive). version is the program's. The owner alone, also
	// when nobody may write any more. What was written before an error is no
	// archive: its manifest is missing. Errors: ErrForbidden.
	Export(ctx context.Context, w io.Writer, version string) error
}
