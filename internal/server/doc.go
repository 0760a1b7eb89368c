// Package server answers the gRPC calls of package tajuk.v1 out of one model or several.
//
//  1. Prepare the model: [github.com/tajuk/tajuk/classifier.New]. Or, for models that are replaced
//     while they answer, [LoadModels] from a [Source]: [StoreModels] or [FileModel].
//  2. [New], or [NewWithModels], builds the server; a zero [Config] has sensible values.
//  3. [Server.Serve] answers on a listener until its context ends, then drains;
//     [Models.Watch] meanwhile takes up what changes.
//
// Beside the services of tajuk.v1 it serves grpc.health.v1 (the empty name and one
// name a service) and reflection. Handlers only convert: what is answered, and
// every bit of every confidence, is the classifier's own.
//
// A [Server] is safe for concurrent use. Memory is bounded by the limits below times
// the calls in flight: streams are worked off message by message, with no queue.
//
// It refuses what is over its limits and whatever it does not understand, and says
// which field is to blame. It does not do transport security or
// authentication: listen on loopback, or behind something that does.
package server
