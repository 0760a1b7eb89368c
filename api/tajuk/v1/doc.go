// Package tajukv1 is the gRPC interface of tajuk: messages, clients and server
// interfaces generated from the .proto files beside it, which are its
// documentation. Generate again after a change to them, from the repository root:
//
//	go run github.com/bufbuild/buf/cmd/buf@v1.73.0 generate
package tajukv1
