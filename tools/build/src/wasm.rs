//! The islands' program: the library of the portal for the browser, its glue, and nothing else.

use crate::{Did, Outcome, Place, While, command, failure, read, site, stamp, write};
use std::{fs, path::Path, process::Command};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";

/// What rustc emits for this target by default; wasm-opt must be told, or it refuses or lowers them.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

pub struct Program {
    pub glue: Vec<u8>,
    pub wasm: Vec<u8>,
}

/// `None` where the target cannot be had: the portal runs without islands.
pub fn run(place: &Place) -> Outcome<Did<Option<Program>>> {
    let folder = place.work.join("islands");
    let done = |program| Ok(Did::Nothing(Some(program)));

    let mode = if place.dev { "dev" } else { "release" };
    let sources = stamp::of(place, &["src", "Cargo.toml", "Cargo.lock", ".cargo", "rust-toolchain.toml"], mode)?;
    if stamp::matches(place, "islands", &sources)
        && let Ok(program) = finished(&folder)
    {
        return done(program);
    }
    if !target_is_there(place) {
        eprintln!(
            "The target {TARGET} is not installed and `rustup target add {TARGET}` did not bring it. \
             The site is built without islands; every page still works."
        );
        return Ok(Did::Work(None));
    }

    command(
        "Compiling the islands",
        Command::new("cargo")
            .args(["build", "--quiet", "--lib", "--no-default-features", "--features", "hydrate"])
            .args(["--target", TARGET, "--profile", PROFILE])
            .env("CARGO_TARGET_DIR", &place.target)
            .current_dir(&place.root),
    )?;
    let compiled = read(&place.target.join(TARGET).join(PROFILE).join("portal.wasm"))?;

    // Most edits are to server code and leave the compiled library as it was.
    let library = stamp::hash(&[mode.as_bytes(), &compiled].concat());
    if stamp::matches(place, "islands-library", &library)
        && let Ok(program) = finished(&folder)
    {
        stamp::keep(place, "islands", &sources)?;
        return done(program);
    }
    bind(place, compiled, &folder)?;
    if !place.dev {
        shrink(place, &folder)?;
    }
    stamp::keep(place, "islands-library", &library)?;
    stamp::keep(place, "islands", &sources)?;
    Ok(Did::Work(Some(finished(&folder)?)))
}

fn finished(folder: &Path) -> Outcome<Program> {
    Ok(Program { glue: read(&folder.join("portal.js"))?, wasm: read(&folder.join("portal_bg.wasm"))? })
}

fn target_is_there(place: &Place) -> bool {
    let installed = || {
        Command::new("rustc")
            .args(["--print", "target-libdir", "--target", TARGET])
            .current_dir(&place.root)
            .output()
            .is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
    };
    installed()
        || (command("Fetching the target", Command::new("rustup").args(["target", "add", TARGET]).current_dir(&place.root)).is_ok()
            && installed())
}

fn bind(place: &Place, compiled: Vec<u8>, folder: &Path) -> Outcome<()> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).during(format_args!("Creating {}", folder.display()))?;
    let mut bindgen = Bindgen::new();
    let outcome = bindgen
        .web(true)
        .during("Choosing the browser's module format")?
        .input_bytes("portal", compiled)
        // The page tells the address of the program; a default would be an unhashed name.
        .omit_default_module_path(true)
        .typescript(false)
        .keep_debug(false)
        .remove_name_section(!place.dev)
        .remove_producers_section(true)
        .generate(folder);
    // Its errors have causes; the alternate form prints them all.
    outcome.map_err(|error| format!("{error:#}")).during("Binding the islands to the browser")?;
    if folder.join("snippets").exists() {
        return failure("A crate brings JavaScript files of its own (snippets); the site has no place for them");
    }
    let glue = folder.join("portal.js");
    write(&glue, &site::without_comments(&read(&glue)?))
}

fn shrink(place: &Place, folder: &Path) -> Outcome<()> {
    let (large, small) = (folder.join("portal_bg.wasm"), folder.join("small.wasm"));
    command(
        "Shrinking the islands",
        Command::new(place.root.join("node_modules/.bin/wasm-opt")).arg("-Oz").args(FEATURES).arg(&large).arg("-o").arg(&small),
    )?;
    fs::rename(&small, &large).during("Replacing the islands by the smaller ones")
}
