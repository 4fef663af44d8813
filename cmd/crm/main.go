// Command crm is the CRM of one tenant: one process on its own two volumes.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the image has no zone files

	"github.com/grupobizopps/salexops/crm/archive"
	"github.com/grupobizopps/salexops/crm/serve"
)

// version is set by the linker: -X main.version=v0.3.1.
var version = "dev"

const usage = `The CRM of one tenant.

  crm serve    answer on the public and the private port until told to stop
  crm export   write everything of an instance that is stopped into one ZIP
  crm check    look through the database of an instance that is stopped
  crm seed     fill the database of an instance that is stopped with made-up records
  crm version  print the version

"crm <command> -h" lists a command's flags.
`

// Exit statuses: 1 means that it could not be done, 2 that it was asked wrongly.
const (
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	syscall.Umask(0o077) // what a tenant stores is for this process alone
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		_, _ = io.WriteString(stderr, usage)
		return exitUsage
	}
	switch args[0] {
	case "serve":
		return runServe(ctx, args[1:], stderr)
	case "export":
		return runExport(ctx, args[1:], stdout, stderr)
	case "check":
		return runCheck(ctx, args[1:], stdout, stderr)
	case "seed":
		return runSeed(ctx, args[1:], stdout, stderr)
	case "version", "--version":
		_, _ = fmt.Fprintln(stdout, version)
		return 0
	case "help", "-h", "--help":
		_, _ = io.WriteString(stdout, usage)
		return 0
	}
	_, _ = fmt.Fprintf(stderr, "crm: unknown command %q\n\n%s", args[0], usage)
	return exitUsage
}

// runServe logs to standard error, as JSON, and never a secret.
func runServe(ctx context.Context, args []string, stderr io.Writer) int {
	logger := slog.New(slog.NewJSONHandler(stderr, nil))
	slog.SetDefault(logger)
	config := serve.Config{Version: version, Logger: logger}
	flags := flag.NewFlagSet("crm serve", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&config.Records, "records", "/data/records", "folder of the records volume")
	flags.StringVar(&config.Documents, "documents", "/data/documents", "folder of the documents volume")
	flags.StringVar(&config.Tenant, "tenant", "", "name of the tenant whose licence counts (required)")
	flags.StringVar(&config.Listen, "listen", ":8080", "address of the public port")
	flags.StringVar(&config.PrivateListen, "private-listen", ":9090", "address of the private port")
	flags.StringVar(&config.LicenceDir, "licence-dir", "/etc/salexops/licence", "folder with licence.jws and trusted-keys.json")
	flags.StringVar(&config.KeysDir, "keys-dir", "/etc/salexops/keys", "folder with exchange-token")
	flags.StringVar(&config.InitialDir, "initial-dir", "/etc/salexops/initial", "folder with the first user's email, name and password")
	flags.BoolVar(&config.SecureCookies, "secure-cookies", true, "send cookies by HTTPS (or to localhost) only")
	if status, ok := parse(flags, args, stderr); !ok {
		return status
	}
	program, err := serve.Start(ctx, config)
	if err != nil {
		logger.Error("the CRM did not start", "error", err)
		return exitFailed
	}
	failed := program.Wait(ctx)
	if failed != nil {
		logger.Error("the CRM stopped answering", "error", failed)
	}
	if err := program.Close(); err != nil {
		logger.Error("the CRM did not stop cleanly", "error", err)
		return exitFailed
	}
	if failed != nil {
		return exitFailed
	}
	return 0
}

func runExport(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("crm export", flag.ContinueOnError)
	flags.SetOutput(stderr)
	records := flags.String("records", "/data/records", "folder of the records volume")
	to := flags.String("to", "", "file to write (required)")
	tenant := flags.String("tenant", "", "name of the tenant, for the manifest")
	if status, ok := parse(flags, args, stderr); !ok {
		return status
	}
	if *to == "" {
		_, _ = fmt.Fprintln(stderr, "crm export: the file to write is missing (--to)")
		return exitUsage
	}
	done, err := serve.Export(ctx, *records, *to, archive.Manifest{Tenant: *tenant, Version: version})
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "crm export:", err)
		return exitFailed
	}
	for _, table := range done.Manifest.Tables {
		_, _ = fmt.Fprintf(stdout, "%8d  %s\n", table.Rows, table.Name)
	}
	_, _ = fmt.Fprintf(stdout, "%s: %d bytes, sha256 %s\n", *to, done.Bytes, done.SHA256)
	return 0
}

func runCheck(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("crm check", flag.ContinueOnError)
	flags.SetOutput(stderr)
	records := flags.String("records", "/data/records", "folder of the records volume")
	if status, ok := parse(flags, args, stderr); !ok {
		return status
	}
	if err := serve.Check(ctx, *records); err != nil {
		_, _ = fmt.Fprintln(stderr, "crm check:", err)
		return exitFailed
	}
	_, _ = fmt.Fprintln(stdout, "The database is sound.")
	return 0
}

// parse reads the flags; ok is false when the program ends with the status.
func parse(flags *flag.FlagSet, args []string, stderr io.Writer) (status int, ok bool) {
	if err := flags.Parse(args); err != nil {
		if err == flag.ErrHelp { //nolint:errorlint // returned as it is
			return 0, false
		}
		return exitUsage, false
	}
	if flags.NArg() > 0 {
		_, _ = fmt.Fprintf(stderr, "%s: unexpected %q\n", flags.Name(), flags.Arg(0))
		return exitUsage, false
	}
	return 0, true
}
