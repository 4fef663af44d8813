// Command openapi prints the document of the CRM's API.
//
//	openapi [-3.0]
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/grupobizopps/salexops/crm/api"
)

func main() {
	older := flag.Bool("3.0", false, "version 3.0, for tools that cannot read 3.1")
	flag.Parse()
	document, err := api.Document(*older)
	if err == nil {
		_, err = fmt.Printf("%s\n", document)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}
