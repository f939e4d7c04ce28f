// Checks a log in a folder with Go's checksum database packages, which share no line with ours:
//
//	go run tlog.go FOLDER    (GO111MODULE=off GOPATH=/usr/share/gocode)
//
// FOLDER holds `log.vkey`, `checkpoints/<size>`, tiles and entry bundles as C2SP tlog-tiles names them, and `proofs`
// with lines `inclusion SIZE INDEX HASH…` and `consistency OLD NEW HASH…`. The last line of the output counts what was
// checked; whatever is wrong has a line beginning with `bad` and the status is 1.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var bad int

func report(format string, args ...interface{}) {
	bad++
	fmt.Printf("bad "+format+"\n", args...)
}

func must(err error) {
	if err != nil {
		fmt.Println("bad", err)
		os.Exit(1)
	}
}

// hashes is the whole tree in memory, in the order of tlog.StoredHashIndex.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(h)) {
			return nil, fmt.Errorf("hash %d is beyond the tree", index)
		}
		found[i] = h[index]
	}
	return found, nil
}

type checkpoint struct {
	size int64
	root tlog.Hash
}

func openCheckpoint(path string, verifier note.Verifier) (checkpoint, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return checkpoint{}, err
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return checkpoint{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return checkpoint{}, fmt.Errorf("a checkpoint of another form or origin")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return checkpoint{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return checkpoint{size, root}, err
}

// pathOf is the tlog-tiles path: Go's own without the tile height.
func pathOf(tile tlog.Tile) string {
	if tile.L == -1 {
		return strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	}
	return strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
}

func entriesOf(bundle []byte) [][]byte {
	var entries [][]byte
	for len(bundle) >= 2 {
		length := int(binary.BigEndian.Uint16(bundle))
		if len(bundle) < 2+length {
			return nil
		}
		entries = append(entries, bundle[2:2+length])
		bundle = bundle[2+length:]
	}
	if len(bundle) > 0 {
		return nil
	}
	return entries
}

func main() {
	folder := os.Args[1]
	vkey, err := os.ReadFile(filepath.Join(folder, "log.vkey"))
	must(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	must(err)

	files, err := os.ReadDir(filepath.Join(folder, "checkpoints"))
	must(err)
	var heads []checkpoint
	for _, file := range files {
		head, err := openCheckpoint(filepath.Join(folder, "checkpoints", file.Name()), verifier)
		if err != nil {
			report("checkpoint %s: %v", file.Name(), err)
			continue
		}
		heads = append(heads, head)
	}
	if len(heads) == 0 {
		report("no checkpoint opens")
		os.Exit(1)
	}
	sort.Slice(heads, func(i, j int) bool { return heads[i].size < heads[j].size })
	last := heads[len(heads)-1]

	// The tree, from the entries alone.
	var tree hashes
	var leaves []tlog.Hash
	for index := int64(0); index*256 < last.size; index++ {
		width := last.size - index*256
		if width > 256 {
			width = 256
		}
		bundle, err := os.ReadFile(filepath.Join(folder, pathOf(tlog.Tile{H: 8, L: -1, N: index, W: int(width)})))
		must(err)
		entries := entriesOf(bundle)
		if int64(len(entries)) != width {
			report("entry bundle %d holds %d entries, not %d", index, len(entries), width)
			os.Exit(1)
		}
		for _, entry := range entries {
			n := int64(len(leaves))
			leaves = append(leaves, tlog.RecordHash(entry))
			more, err := tlog.StoredHashes(n, entry, tree)
			must(err)
			tree = append(tree, more...)
		}
	}

	roots := map[int64]tlog.Hash{}
	tiles, bundles := 0, 0
	for _, head := range heads {
		roots[head.size] = head.root
		own, err := tlog.TreeHash(head.size, tree)
		must(err)
		if own != head.root {
			report("the entries give another root than the checkpoint of size %d", head.size)
		}
		for _, tile := range tlog.NewTiles(8, 0, head.size) {
			isRightEdge := int64(tile.W) == (head.size>>(8*uint(tile.L)))%256
			if !isRightEdge && (tile.W < 256 || head.size != last.size) {
				continue // full tiles are the same at every size, and Go lists every width up to the last
			}
			stored, err := os.ReadFile(filepath.Join(folder, pathOf(tile)))
			must(err)
			own, err := tlog.ReadTileData(tile, tree)
			must(err)
			tiles++
			if !bytes.Equal(stored, own) {
				report("tile %s differs", pathOf(tile))
			}
			if tile.L > 0 {
				continue
			}
			tile.L = -1
			bundle, err := os.ReadFile(filepath.Join(folder, pathOf(tile)))
			must(err)
			bundles++
			for i, entry := range entriesOf(bundle) {
				if n := tile.N*256 + int64(i); tlog.RecordHash(entry) != leaves[n] {
					report("entry %d differs in %s", n, pathOf(tile))
				}
			}
		}
	}

	// What a client does that holds a checkpoint and fetches tiles: each is authenticated against the root.
	reader := tlog.TileHashReader(tlog.Tree{N: last.size, Hash: last.root}, fileTiles{folder})
	sampled := 0
	for n := int64(0); n < last.size; n += 997 {
		proof, err := tlog.ProveRecord(last.size, n, reader)
		if err == nil {
			err = tlog.CheckRecord(proof, last.size, last.root, n, leaves[n])
		}
		if err != nil {
			report("entry %d from tiles: %v", n, err)
		}
		sampled++
	}

	text, err := os.ReadFile(filepath.Join(folder, "proofs"))
	must(err)
	inclusion, consistency := 0, 0
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		words := strings.Fields(line)
		first, err := strconv.ParseInt(words[1], 10, 64)
		must(err)
		second, err := strconv.ParseInt(words[2], 10, 64)
		must(err)
		var proof []tlog.Hash
		for _, word := range words[3:] {
			var hash tlog.Hash
			raw, err := base64.StdEncoding.DecodeString(word)
			must(err)
			copy(hash[:], raw)
			proof = append(proof, hash)
		}
		if words[0] == "inclusion" {
			inclusion++
			err = tlog.CheckRecord(tlog.RecordProof(proof), first, roots[first], second, leaves[second])
		} else {
			consistency++
			err = tlog.CheckTree(tlog.TreeProof(proof), second, roots[second], first, roots[first])
		}
		if err != nil {
			report("%s %d %d: %v", words[0], first, second, err)
		}
	}
	fmt.Printf("%d checkpoints, %d entries, %d tiles, %d bundles, %d inclusion proofs of ours and %d of Go's from tiles, %d consistency proofs: %d bad\n",
		len(heads), len(leaves), tiles, bundles, inclusion, sampled, consistency, bad)
	if bad > 0 {
		os.Exit(1)
	}
}

type fileTiles struct{ folder string }

func (fileTiles) Height() int { return 8 }

func (f fileTiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(f.folder, pathOf(tile)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (fileTiles) SaveTiles([]tlog.Tile, [][]byte) {}
