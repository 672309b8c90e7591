//! What holds of a pack as a whole.

mod said;
