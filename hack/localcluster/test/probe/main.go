// Command probe is the program of the pods in the integration test: it serves a
// page, and on request tries a connection or fills a folder, from within its pod.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	http.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		status, _ := os.ReadFile("/proc/self/status")
		fmt.Fprintf(w, "%s uid=%d seccomp=%s", os.Getenv("HOSTNAME"), os.Getuid(), field(string(status), "Seccomp:"))
	})
	http.HandleFunc("GET /dial", dial)
	http.HandleFunc("POST /fill", fill)
	http.HandleFunc("GET /size", size)
	if first := os.Getenv("DIAL_FIRST"); first != "" {
		// What the pod could reach in the first moment of its life.
		go dialFirst(first)
	}
	http.HandleFunc("GET /first", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, <-firstResult) })
	log.Fatal(http.ListenAndServe(":8080", nil))
}

func field(status, name string) string {
	for _, line := range strings.Split(status, "\n") {
		if value, ok := strings.CutPrefix(line, name); ok {
			return strings.TrimSpace(value)
		}
	}
	return "?"
}

// dial answers "open" or why not.
func dial(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, try(r.URL.Query().Get("to")))
}

func try(address string) string {
	conn, err := net.DialTimeout("tcp", address, 1500*time.Millisecond)
	if err != nil {
		return err.Error()
	}
	conn.Close()
	return "open"
}

var firstResult = make(chan string, 1)

// dialFirst tries again and again for two seconds from the very start, and
// tells whether any attempt got through.
func dialFirst(address string) {
	result := "closed"
	for end := time.Now().Add(2 * time.Second); time.Now().Before(end); {
		conn, err := net.DialTimeout("tcp", address, 20*time.Millisecond)
		if err == nil {
			conn.Close()
			result = "open"
		}
	}
	firstResult <- result
}

// fill writes so many mebibytes into a file and answers with the error, if any.
func fill(w http.ResponseWriter, r *http.Request) {
	var mebibytes int
	if _, err := fmt.Sscan(r.URL.Query().Get("mebibytes"), &mebibytes); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	file, err := os.Create(filepath.Join(r.URL.Query().Get("dir"), "filled"))
	if err != nil {
		fmt.Fprint(w, err)
		return
	}
	defer file.Close()
	block := []byte(strings.Repeat("salexops", 1<<17))
	for range mebibytes {
		if _, err := file.Write(block); err != nil {
			fmt.Fprint(w, err)
			return
		}
	}
	if err := file.Sync(); err != nil {
		fmt.Fprint(w, err)
		return
	}
	fmt.Fprint(w, "written")
}

// size answers the size of a file.
func size(w http.ResponseWriter, r *http.Request) {
	info, err := os.Stat(r.URL.Query().Get("path"))
	if err != nil {
		fmt.Fprint(w, err)
		return
	}
	_, _ = io.WriteString(w, fmt.Sprint(info.Size()))
}
