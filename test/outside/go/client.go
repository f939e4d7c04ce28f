// A log written by others against our witness: sigsum-go's client, tree, checkpoints and cosignatures.
//
//	go run client.go URL LOG_SEED_HEX WITNESS_ED25519_HEX
//
// Prints what it did, one line a step; stops with status 1 at the first answer that it did not expect.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"sigsum.org/sigsum-go/pkg/api"
	"sigsum.org/sigsum-go/pkg/checkpoint"
	"sigsum.org/sigsum-go/pkg/client"
	"sigsum.org/sigsum-go/pkg/crypto"
	"sigsum.org/sigsum-go/pkg/merkle"
	"sigsum.org/sigsum-go/pkg/requests"
	"sigsum.org/sigsum-go/pkg/types"
)

func must(err error) {
	if err != nil {
		fmt.Println("bad", err)
		os.Exit(1)
	}
}

func treeOf(size uint64, variant string) merkle.Tree {
	tree := merkle.NewTree()
	for i := uint64(0); i < size; i++ {
		name := fmt.Sprintf("entry %d", i)
		if i == 3 {
			name += variant
		}
		leaf := merkle.HashLeafNode([]byte(name))
		tree.AddLeafHash(&leaf)
	}
	return tree
}

type log struct {
	client  *client.Client
	signer  crypto.Signer
	witness crypto.PublicKey
}

func (l *log) add(old, size uint64, variant string) error {
	tree := treeOf(size, variant)
	head := types.TreeHead{Size: size, RootHash: tree.GetRootHash()}
	signed, err := head.Sign(l.signer)
	must(err)
	public := l.signer.Public()
	origin := types.SigsumCheckpointOrigin(&public)
	own := checkpoint.Checkpoint{SignedTreeHead: signed, Origin: origin, KeyId: checkpoint.NewLogKeyId(origin, &public)}
	request := requests.AddCheckpoint{OldSize: old, Checkpoint: own}
	if old > 0 && old < size {
		path, err := tree.ProveConsistency(old, size)
		must(err)
		request.Proof = types.ConsistencyProof{Path: path}
	}
	lines, err := l.client.AddCheckpoint(context.Background(), request)
	if err != nil {
		return err
	}
	_, err = own.VerifyCosignatureByKey(lines, &l.witness)
	return err
}

func (l *log) expect(what string, err error, status int) {
	got := 200
	var answer *api.Error
	if errors.As(err, &answer) {
		got = answer.StatusCode()
	} else if err != nil {
		must(fmt.Errorf("%s: %v", what, err))
	}
	if got != status {
		must(fmt.Errorf("%s: answered %d, expected %d", what, got, status))
	}
	fmt.Printf("%s: %d\n", what, got)
}

func main() {
	signer, err := crypto.SignerFromHex(os.Args[2])
	must(err)
	witness, err := crypto.PublicKeyFromHex(os.Args[3])
	must(err)
	l := log{client.New(client.Config{URL: os.Args[1]}), signer, witness}
	l.expect("first head of 10, cosignature verifies", l.add(0, 10, ""), 200)
	err = l.add(0, 20, "")
	l.expect("20 from 0", err, 409)
	if size, ok := api.ErrorConflictOldSize(err); !ok || size != 10 {
		must(fmt.Errorf("the conflict does not say 10"))
	}
	l.expect("20 from the 10 that the conflict named, cosignature verifies", l.add(10, 20, ""), 200)
	l.expect("rollback to 10", l.add(10, 10, ""), 409)
	l.expect("rewritten entry 3, grown to 30", l.add(20, 30, " rewritten"), 422)
	l.expect("rewritten entry 3, same size", l.add(20, 20, " rewritten"), 409)
	_, stranger, err := crypto.NewKeyPair()
	must(err)
	l.signer = stranger
	l.expect("a log that it does not know", l.add(0, 10, ""), 404)
}
