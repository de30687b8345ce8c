//! A ChromeDriver of our own, on a port of its own choice.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Problem;

/// How often a driver is started at most.
const STARTS: usize = 3;

pub(crate) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// It takes a free port of one kind of address and the same of the other, which somebody else may just have: then it ends, and is
    /// started again.
    pub(crate) fn start() -> Result<Driver, Problem> {
        (1..STARTS).find_map(|_| Self::started().ok()).map_or_else(Self::started, Ok)
    }

    fn started() -> Result<Driver, Problem> {
        let program = std::env::var_os("CHROMEDRIVER").map_or_else(|| PathBuf::from("chromedriver"), PathBuf::from);
        let mut child = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Problem::new(format!("{} cannot be started: {error}; is CHROMEDRIVER set?", program.display())))?;
        let output = child.stdout.take();
        let mut driver = Driver { child, port: 0 };
        let mut lines = BufReader::new(output.ok_or_else(|| Problem::new("ChromeDriver has no output"))?).lines();
        driver.port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok())
            .ok_or_else(|| Problem::new(format!("{} ended without naming its port", program.display())))?;
        // Read on, or it would stop once nobody takes what it prints.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(driver)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks the driver to close its browsers and itself. Killed at once, it would leave them behind.
    fn shut_down(&mut self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)?;
        stream.read_to_end(&mut Vec::new())?;
        let begun = Instant::now();
        while self.child.try_wait()?.is_none() && begun.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.port != 0 {
            let _ = self.shut_down();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
