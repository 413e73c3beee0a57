"""One file per kind of tie between figures, and the engine that judges them."""
