//! Paths as people read them.

use std::path::Path;

/// A path without `x/../` in it, relative to the working directory where it can be.
pub fn path(path: &Path) -> String {
    let mut parts: Vec<std::path::Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (std::path::Component::ParentDir, Some(std::path::Component::Normal(_))) => {
                parts.pop();
            }
            (std::path::Component::CurDir, _) => {}
            _ => parts.push(part),
        }
    }
    parts.iter().collect::<std::path::PathBuf>().display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_their_detours() {
        assert_eq!(
            path(&Path::new("config").join("../published").join("r1")),
            Path::new("published").join("r1").display().to_string()
        );
        assert_eq!(path(Path::new("../a")), Path::new("../a").display().to_string());
    }
}
