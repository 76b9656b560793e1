//! How a sandbox is started.

use std::net::SocketAddr;
use std::path::PathBuf;

/// What the command line says; every value has a default that suits `make serve`.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// `SQLite` file; none keeps everything in memory.
    pub database: Option<PathBuf>,
    /// Folder of the built page.
    pub dist: PathBuf,
    /// Folder of the tools for people who write forms, served below `/tools/`; it need not be there.
    pub tools: PathBuf,
    /// Folder of the catalogue, places, procedures and forms.
    pub data: PathBuf,
    /// Path before every other path; begins and ends with `/`.
    pub base_path: String,
    /// Origins that may frame the page; empty for none.
    pub frame_ancestors: Vec<String>,
    /// Serve `/test/…`: officer, faults, history.
    pub test_controls: bool,
    /// Check each request and answer against this contract.
    pub contract: Option<PathBuf>,
    /// Milliseconds between two steps of every queue; 0 stops them.
    pub queue_interval_ms: u64,
    /// Length of a session.
    pub session_seconds: u64,
    /// Send cookies over https only, with the `__Host-` prefix.
    pub secure_cookies: bool,
}

/// Why a command line cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Not a flag of the sandbox.
    #[error("unknown flag {0}; see --help")]
    UnknownFlag(String),
    /// A flag without its value.
    #[error("{0} needs a value")]
    MissingValue(String),
    /// A value that does not read.
    #[error("{flag} cannot be {value:?}")]
    BadValue {
        /// The flag.
        flag: String,
        /// Its value.
        value: String,
    },
}

/// What `--help` prints.
pub const HELP: &str = "\
sandbox: stands for the one-stop backend of Cần Thơ

  --listen 127.0.0.1:8080     address
  --database FILE             SQLite file (default target/sandbox.sqlite); 'memory' keeps everything in memory
  --dist DIR                  the built page (default dist)
  --tools DIR                 tools for people who write forms, served below /tools/ (default dist-tools)
  --data DIR                  catalogue, places, procedures, forms (default: beside the sources)
  --base-path /               path before every other path
  --frame-ancestors none      'none', or origins that may frame the page, separated by commas
  --test-controls             serve /test/...: officer, faults, history
  --contract FILE             check each request and answer against this openapi.yaml
  --queue-interval-ms 4000    time between two steps of every queue; 0 stops them
  --session-seconds 900       length of a session
  --secure-cookies            for https: Secure cookies named __Host-...
";

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: Some(PathBuf::from("target/sandbox.sqlite")),
            dist: PathBuf::from("dist"),
            tools: PathBuf::from("dist-tools"),
            data: PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/data")),
            base_path: "/".to_owned(),
            frame_ancestors: Vec::new(),
            test_controls: false,
            contract: None,
            queue_interval_ms: 4_000,
            session_seconds: 900,
            secure_cookies: false,
        }
    }
}

impl Config {
    /// Reads the arguments after the program's name. Flags may be written `--flag value` or `--flag=value`.
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, ConfigError> {
        let mut config = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (flag, inline) = match argument.split_once('=') {
                Some((flag, value)) => (flag.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            match flag.as_str() {
                "--test-controls" => config.test_controls = true,
                "--secure-cookies" => config.secure_cookies = true,
                "--listen"
                | "--database"
                | "--dist"
                | "--tools"
                | "--data"
                | "--base-path"
                | "--frame-ancestors"
                | "--contract"
                | "--queue-interval-ms"
                | "--session-seconds" => {
                    let value =
                        inline.or_else(|| arguments.next()).ok_or_else(|| ConfigError::MissingValue(flag.clone()))?;
                    config.set(&flag, &value)?;
                }
                _ => return Err(ConfigError::UnknownFlag(flag)),
            }
        }
        Ok(config)
    }

    fn set(&mut self, flag: &str, value: &str) -> Result<(), ConfigError> {
        let bad = || ConfigError::BadValue { flag: flag.to_owned(), value: value.to_owned() };
        match flag {
            "--listen" => self.listen = value.parse().map_err(|_| bad())?,
            "--database" => self.database = (value != "memory").then(|| PathBuf::from(value)),
            "--dist" => self.dist = PathBuf::from(value),
            "--tools" => self.tools = PathBuf::from(value),
            "--data" => self.data = PathBuf::from(value),
            "--base-path" => self.base_path = base_path(value).ok_or_else(bad)?,
            "--frame-ancestors" => self.frame_ancestors = origins(value).ok_or_else(bad)?,
            "--contract" => self.contract = Some(PathBuf::from(value)),
            "--queue-interval-ms" => self.queue_interval_ms = value.parse().map_err(|_| bad())?,
            "--session-seconds" => self.session_seconds = value.parse().map_err(|_| bad())?,
            _ => return Err(ConfigError::UnknownFlag(flag.to_owned())),
        }
        Ok(())
    }
}

/// `/motcua` as `/motcua/`; `None` where it is not a plain path.
fn base_path(value: &str) -> Option<String> {
    let inner = value.trim_matches('/');
    let plain = inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/'));
    if !plain || inner.contains("//") {
        return None;
    }
    Some(if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") })
}

/// `none` or origins; nothing that could leave the directive of the policy.
fn origins(value: &str) -> Option<Vec<String>> {
    if value == "none" {
        return Some(Vec::new());
    }
    let list: Vec<String> = value.split([',', ' ']).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    let plain = |origin: &String| {
        let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        rest.is_some_and(|host| {
            !host.is_empty()
                && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':' | b'*'))
        })
    };
    (!list.is_empty() && list.iter().all(plain)).then_some(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Config, ConfigError> {
        Config::parse(arguments.iter().map(|it| (*it).to_owned()))
    }

    #[test]
    fn flags_are_read_in_both_spellings() {
        let config =
            parse(&["--base-path", "motcua", "--queue-interval-ms=50", "--database=memory", "--test-controls"])
                .expect("these are flags");
        assert_eq!(config.base_path, "/motcua/");
        assert_eq!(config.queue_interval_ms, 50);
        assert_eq!(config.database, None);
        assert!(config.test_controls);
    }

    #[test]
    fn what_is_no_flag_or_no_value_is_refused() {
        for arguments in [
            &["--nonsense"][..],
            &["--listen"],
            &["--listen", "here"],
            &["--frame-ancestors", "https://a.vn; script-src *"],
            &["--frame-ancestors", ""],
            &["--base-path", "/a b/"],
        ] {
            assert!(parse(arguments).is_err(), "{arguments:?}");
        }
    }
}
