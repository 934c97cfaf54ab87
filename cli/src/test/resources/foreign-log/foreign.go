// SPDX-License-Identifier: Apache-2.0

// Command foreign makes a transparency log with golang.org/x/mod, in the layout of c2sp.org/tlog-tiles, and opens notes
// that others made. See README.md.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const origin = "foreign.example/log"

var sizes = []int64{200, 300, 600}

func main() {
	log.SetFlags(0)
	switch {
	case len(os.Args) == 3 && os.Args[1] == "make":
		makeLog(os.Args[2])
	case len(os.Args) == 4 && os.Args[1] == "open":
		open(os.Args[2], os.Args[3])
	default:
		log.Fatal("usage: foreign make DIRECTORY | foreign open VKEY-FILE NOTE-FILE")
	}
}

// entry is opaque to a log: one is empty, one as long as a bundle can hold.
func entry(i int64) []byte {
	switch i {
	case 7:
		return nil
	case 500:
		return bytes.Repeat([]byte("long "), 0xffff/5)
	}
	return []byte(fmt.Sprintf("entry %d of a log that Carnet did not make", i))
}

func makeLog(dir string) {
	seed := sha256.Sum256([]byte("a key for tests, known to everybody"))
	skey, vkey, err := note.GenerateKey(bytes.NewReader(seed[:]), origin)
	check(err)
	signer, err := note.NewSigner(skey)
	check(err)
	write(dir, "vkey", []byte(vkey+"\n"))

	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, i := range indexes {
			hashes = append(hashes, stored[i])
		}
		return hashes, nil
	})
	var size int64
	for _, next := range sizes {
		old := size
		for ; size < next; size++ {
			hashes, err := tlog.StoredHashes(size, entry(size), reader)
			check(err)
			stored = append(stored, hashes...)
		}
		for _, tile := range tlog.NewTiles(8, old, size) {
			// This version lists every width on the way; tlog-tiles wants those of checkpoints.
			if tile.W < 256 && int64(tile.W) != size>>(8*tile.L)-tile.N*256 {
				continue
			}
			data, err := tlog.ReadTileData(tile, reader)
			check(err)
			write(dir, "log/"+strings.Replace(tile.Path(), "tile/8/", "tile/", 1), data)
			if tile.L == 0 {
				bundle := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
				write(dir, "log/"+bundle, entries(tile.N*256, tile.W))
			}
		}
		root, err := tlog.TreeHash(size, reader)
		check(err)
		text := fmt.Sprintf("%s\n%d\n%s\n", origin, size, base64.StdEncoding.EncodeToString(root[:]))
		signed, err := note.Sign(&note.Note{Text: text}, signer)
		check(err)
		write(dir, "log/checkpoint", signed)
		write(dir, fmt.Sprintf("checkpoint.%d", size), signed)
	}
	record, err := tlog.ProveRecord(size, 417, reader)
	check(err)
	write(dir, "inclusion.417", lines(record))
	tree, err := tlog.ProveTree(size, 300, reader)
	check(err)
	write(dir, "consistency.300", lines(tree))
}

func entries(first int64, width int) []byte {
	var bundle []byte
	for i := first; i < first+int64(width); i++ {
		e := entry(i)
		bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(e)))
		bundle = append(bundle, e...)
	}
	return bundle
}

func lines(hashes []tlog.Hash) []byte {
	var text strings.Builder
	for _, h := range hashes {
		text.WriteString(base64.StdEncoding.EncodeToString(h[:]) + "\n")
	}
	return []byte(text.String())
}

// open prints the text of a note and how many of its signatures are by the first key of the file and how many are unknown.
func open(vkeys, file string) {
	keys, err := os.ReadFile(vkeys)
	check(err)
	verifier, err := note.NewVerifier(strings.SplitN(string(keys), "\n", 2)[0])
	check(err)
	content, err := os.ReadFile(file)
	check(err)
	opened, err := note.Open(content, note.VerifierList(verifier))
	check(err)
	fmt.Print(opened.Text)
	fmt.Printf("signed by %s, and %d signatures that x/mod does not know\n", opened.Sigs[0].Name, len(opened.UnverifiedSigs))
}

func write(dir, name string, content []byte) {
	file := filepath.Join(dir, name)
	check(os.MkdirAll(filepath.Dir(file), 0o755))
	check(os.WriteFile(file, content, 0o644))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
