//! Who may do what in the CouchDB of a local deployment.
//!
//! It has an administrator (`COUCHDB_USER` in `ansible/roles/couchdb/tasks/deploy.yml:75-76`), so it is no admin party, and it does not ask for
//! a valid user (`rel/overlay/etc/default.ini:95` of CouchDB 2.3.1). Anybody may read `/` and `/_all_dbs`. But each of OpenWhisk's three
//! databases names its members (`ansible/tasks/db/grantPermissions.yml`), so nobody else may even read them. *Derived, not observed.*

use super::reply::Problem;
use ::http::Request;
use ::http::header::AUTHORIZATION;

/// Who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User {
    Nobody,
    /// One of the processes of OpenWhisk: a member of all three databases.
    Member(&'static str),
    Admin(&'static str),
}

/// Names and passwords of a deployment whose environment sets none (`ansible/templates/db_local.ini.j2:3-19`).
const USERS: [(User, &str); 4] = [
    (User::Admin("whisk_admin"), "some_passw0rd"),
    (User::Member("whisk_local_controller0"), "some_controller_passw0rd"),
    (User::Member("whisk_local_invoker0"), "some_invoker_passw0rd"),
    (User::Member("whisk_local_scheduler0"), "some_scheduler_passw0rd"),
];

impl User {
    /// Basic authentication (`src/couch/src/couch_httpd_auth.erl:67-124`).
    ///
    /// # Errors
    /// A name or password that is wrong, and a header that is no base64.
    pub fn of(request: &Request<Vec<u8>>) -> Result<Self, Problem> {
        let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(encoded) = header.and_then(|header| header.strip_prefix("Basic ")) else { return Ok(Self::Nobody) };
        let decoded = base64(encoded).ok_or_else(|| Problem::bad_request("Authorization header has invalid base64 value"))?;
        let decoded = String::from_utf8_lossy(&decoded);
        match decoded.split_once(':') {
            // Without a colon there is no name, and this pair means nobody.
            None | Some(("_", "_")) => Ok(Self::Nobody),
            Some((name, password)) => {
                let known = USERS.iter().find(|(user, known)| user.name() == Some(name) && *known == password);
                known.map(|(user, _)| *user).ok_or_else(|| Problem::unauthorized("Name or password is incorrect."))
            }
        }
    }

    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Nobody => None,
            Self::Member(name) | Self::Admin(name) => Some(name),
        }
    }

    pub const fn is_admin(self) -> bool {
        matches!(self, Self::Admin(_))
    }

    /// (`src/chttpd/src/chttpd.erl:709-713`)
    pub fn must_be_admin(self) -> Result<(), Problem> {
        if self.is_admin() { Ok(()) } else { Err(Problem::unauthorized("You are not a server admin.")) }
    }

    /// (`src/couch/src/couch_db.erl:648-653,701-706`)
    pub fn must_be_member(self) -> Result<(), Problem> {
        match self {
            Self::Nobody => Err(Problem::unauthorized("You are not authorized to access this db.")),
            Self::Member(_) | Self::Admin(_) => Ok(()),
        }
    }
}

/// The names in a database's `_security`: the members, who may read and write all but design documents.
pub fn members() -> impl Iterator<Item = &'static str> {
    USERS.iter().filter(|(user, _)| !user.is_admin()).filter_map(|(user, _)| user.name())
}

/// The bytes that a base64 text stands for.
fn base64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut held) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    // A single letter is less than a byte.
    (held < 6).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_with_and_without_padding() {
        let text = |encoded: &str| base64(encoded).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(text("d2hpc2tfYWRtaW46c29tZV9wYXNzdzByZA==").as_deref(), Some("whisk_admin:some_passw0rd"));
        assert_eq!(text("YQ==").as_deref(), Some("a"));
        assert_eq!(text("YWI").as_deref(), Some("ab"));
        assert_eq!(text("").as_deref(), Some(""));
        assert_eq!(base64("YQ=a"), None);
        assert_eq!(base64("Y"), None);
    }
}
