package tajukv1

import _ "embed"

// OpenAPI describes the HTTP/JSON side of the services, as OpenAPI 2.0 in JSON.
//
//go:embed openapi.swagger.json
var OpenAPI []byte
