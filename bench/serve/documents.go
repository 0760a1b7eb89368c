package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/proto"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

const batch = 64 // documents

// articles reads articles and makes each of them size bytes long, title included.
func articles(dir string, size int) (docs []*pb.Document, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no articles in %s: start from the root of the repository", dir)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for decoder := json.NewDecoder(bytes.NewReader(data)); decoder.More(); {
			var a struct{ Title, Text string }
			if err := decoder.Decode(&a); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			text := strings.Repeat(a.Text+"\n", size/(len(a.Text)+1)+1)[:size-len(a.Title)]
			docs = append(docs, &pb.Document{DocumentId: fmt.Sprint(len(docs)), Title: a.Title, Text: strings.ToValidUTF8(text, "")})
		}
	}
	return docs, nil
}

// encoded is messages that are encoded already.
type encoded [][]byte

func encode[M proto.Message](messages []M) (encoded, error) {
	out := make(encoded, len(messages))
	for i, m := range messages {
		var err error
		if out[i], err = proto.Marshal(m); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// groups cuts docs into groups of batch, the last one left out if it is not full.
func groups(docs []*pb.Document) (out [][]*pb.Document) {
	for ; len(docs) >= batch; docs = docs[batch:] {
		out = append(out, docs[:batch])
	}
	return out
}

// raw is a codec that sends bytes as they are and hands answers on undecoded.
type raw struct{}

func (raw) Name() string { return "proto" }

func (raw) Marshal(v any) (mem.BufferSlice, error) {
	return mem.BufferSlice{mem.SliceBuffer(v.([]byte))}, nil
}

func (raw) Unmarshal(data mem.BufferSlice, v any) error {
	a := v.(*answer)
	a.bytes = data.Len()
	if a.decode != nil {
		return proto.Unmarshal(data.Materialize(), a.decode)
	}
	return nil
}

// answer is an answer's size and, if wanted, the answer.
type answer struct {
	bytes  int
	decode proto.Message
}
