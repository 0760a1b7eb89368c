// Package access decides who may call a server, how often, and how much at a time.
//
//   - [List] is who may call: names with roles, and bearer tokens or client certificates to
//     know them by. [OpenList] reads it from a file, and again whenever the file changes.
//   - [OpenTLS] makes a tls.Config out of files, with or without client certificates, and reads
//     them again whenever they change.
//   - [Clients] limits the rate and the number of calls of each caller.
//   - [Load] limits the work done at a time, and sheds what would wait too long.
//
// Tokens are kept as SHA-256 and compared in constant time. A file that has become unreadable or
// wrong is reported and leaves what was read before in force.
//
// All types are safe for concurrent use. The package knows no protocol: who asks, it is told.
package access
