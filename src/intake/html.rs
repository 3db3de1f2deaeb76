//! The main text of a page, with what its head says of it.
