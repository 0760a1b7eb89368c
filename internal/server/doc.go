// Package server answers the calls of package tajuk.v1 out of one model or several, over gRPC and
// as JSON over HTTP.
//
//  1. Prepare the model: [github.com/tajuk/tajuk/classifier.New]. Or, for models that are replaced
//     while they answer, [LoadModels] from a [Source]: [StoreModels] or [FileModel].
//  2. [New], or [NewWithModels], builds the server; a zero [Config] has sensible values.
//  3. [Server.ServeAll] answers on listeners until its context ends, then drains;
//     [Models.Watch] meanwhile takes up what changes.
//
// Beside the services of tajuk.v1 it serves grpc.health.v1 (the empty name and one
// name a service) and reflection; over HTTP also what operators look at: health,
// readiness, metrics and, on a listener of its own, profiles. Handlers only convert: what is
// answered, and every bit of every confidence, is the classifier's own; what is an article in a page,
// package extract/page says.
//
// A call passes, in this order: the gate, which judges it by its headers before its message is read
// (who calls, which role, how often, is there room); decoding; metrics and log; the guard against
// panics; the wait for a worker; the handler. HTTP comes to the same interceptors and handlers without a
// network between.
//
// A [Server] is safe for concurrent use. Memory is bounded by the limits below times
// the calls in flight: streams are worked off message by message, with no queue.
//
// It refuses what is over its limits and whatever it does not understand, and says
// which field is to blame. It does not choose whom to trust: without [Config.TLS] and
// [Config.Access] it answers anyone who can reach it.
package server
