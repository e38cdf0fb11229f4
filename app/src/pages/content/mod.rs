//! Pages that only inform: rendered by the server alone, without WebAssembly.
