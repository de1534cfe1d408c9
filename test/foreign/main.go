// Foreign checks what the project proves and signs with code of others: golang.org/x/mod/sumdb. It reads one check a
// line from stdin, each with what must come of it, and names those that come to another end.
package main

import (
	"bufio"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type check struct {
	Kind string `json:"kind"`
	Want bool   `json:"want"`

	// Of proofs: leaf Index in a tree of To leaves, or the tree of From leaves in that of To.
	Index    int64    `json:"index"`
	From     int64    `json:"from"`
	To       int64    `json:"to"`
	Hash     string   `json:"hash"`
	FromRoot string   `json:"fromRoot"`
	ToRoot   string   `json:"toRoot"`
	Proof    []string `json:"proof"`

	// Of notes.
	Note  string   `json:"note"`
	Vkeys []string `json:"vkeys"`

	// Of tiles.
	Level int    `json:"level"`
	Width int    `json:"width"`
	Path  string `json:"path"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	counts := map[string]int{}
	failed := 0
	for number := 1; lines.Scan(); number++ {
		var c check
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			fmt.Fprintf(os.Stderr, "line %d: %v\n", number, err)
			os.Exit(2)
		}
		err := run(c)
		if (err == nil) != c.Want {
			failed++
			fmt.Fprintf(os.Stderr, "line %d: want %v, got %v: %.300s\n", number, c.Want, err, lines.Text())
		}
		counts[fmt.Sprintf("%s %v", c.Kind, c.Want)]++
	}
	if err := lines.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	json.NewEncoder(os.Stdout).Encode(counts)
	if failed > 0 {
		os.Exit(1)
	}
}

func run(c check) error {
	switch c.Kind {
	case "inclusion":
		return inclusion(c)
	case "consistency":
		return consistency(c)
	case "note":
		return signedNote(c)
	case "cosignature":
		return cosignature(c)
	case "tile":
		return tilePath(c)
	}
	fmt.Fprintf(os.Stderr, "unknown kind %q\n", c.Kind)
	os.Exit(2)
	return nil
}

func inclusion(c check) error {
	hashes, err := hashesOf(append([]string{c.Hash, c.ToRoot}, c.Proof...))
	if err != nil {
		return err
	}
	return tlog.CheckRecord(hashes[2:], c.To, hashes[1], c.Index, hashes[0])
}

func consistency(c check) error {
	hashes, err := hashesOf(append([]string{c.FromRoot, c.ToRoot}, c.Proof...))
	if err != nil {
		return err
	}
	return tlog.CheckTree(hashes[2:], c.To, hashes[1], c.From, hashes[0])
}

func hashesOf(texts []string) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(texts))
	for i, text := range texts {
		hash, err := tlog.ParseHash(text)
		if err != nil {
			return nil, err
		}
		hashes[i] = hash
	}
	return hashes, nil
}

func signedNote(c check) error {
	verifiers := make([]note.Verifier, len(c.Vkeys))
	for i, vkey := range c.Vkeys {
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			return err
		}
		verifiers[i] = verifier
	}
	_, err := note.Open([]byte(c.Note), note.VerifierList(verifiers...))
	return err
}

// tlog writes the height of a tile into its path, which C2SP tlog-tiles leaves out, since it is always 8.
func tilePath(c check) error {
	path := tlog.Tile{H: 8, L: c.Level, N: c.Index, W: c.Width}.Path()
	if want := "tile/" + strings.TrimPrefix(path, "tile/8/"); c.Path != want {
		return fmt.Errorf("path is %s", want)
	}
	return nil
}

// A witness's key, after C2SP tlog-cosignature: sumdb/note knows no such keys, but takes those of others.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(w.key, []byte(signed), sig[8:])
}

func cosignature(c check) error {
	parts := strings.SplitN(c.Vkeys[0], "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return errors.New("no key of a witness")
	}
	var hash uint32
	if _, err := fmt.Sscanf(parts[1], "%08x", &hash); err != nil {
		return err
	}
	_, err = note.Open([]byte(c.Note), note.VerifierList(witness{parts[0], hash, key[1:]}))
	return err
}
