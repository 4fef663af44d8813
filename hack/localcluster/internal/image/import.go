package image

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// Store is the containerd that the kubelet uses.
type Store struct {
	// CTR is the path of containerd's command line.
	CTR string
	// Socket is where containerd answers.
	Socket string
}

// Import makes the image known under a name such as salexops/crm:dev, which
// then stands for docker.io/salexops/crm:dev as it does for the kubelet.
func (s Store) Import(ctx context.Context, ref string, img v1.Image) error {
	tag, err := name.NewTag(ref)
	if err != nil {
		return fmt.Errorf("naming the image: %w", err)
	}
	reader, writer := io.Pipe()
	go func() { writer.CloseWithError(tarball.Write(tag, img, writer)) }()
	err = s.ImportArchive(ctx, reader)
	_ = reader.Close()
	if err != nil {
		return fmt.Errorf("importing image %s: %w", ref, err)
	}
	return nil
}

// ImportArchive imports what `docker save` or a similar tool wrote.
func (s Store) ImportArchive(ctx context.Context, archive io.Reader) error {
	cmd := s.command(ctx, "images", "import", "-")
	cmd.Stdin = archive
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

// Names lists the images that containerd knows.
func (s Store) Names(ctx context.Context) ([]string, error) {
	out, err := s.command(ctx, "images", "list", "--quiet").Output()
	if err != nil {
		return nil, fmt.Errorf("listing images: %w", err)
	}
	return strings.Fields(string(out)), nil
}

func (s Store) command(ctx context.Context, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, s.CTR, append([]string{"--address", s.Socket, "--namespace", "k8s.io"}, args...)...)
}
