//! Starts the sandbox.

use sandbox::config::{Config, HELP};
use sandbox::{Sandbox, StartError, app, run_queues, warm_up};
use std::process::ExitCode;
use tokio::net::TcpListener;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|it| it == "--help" || it == "-h") {
        eprint!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let filter = tracing_subscriber::EnvFilter::try_from_env("SANDBOX_LOG").unwrap_or_else(|_| "sandbox=info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    let config = match Config::parse(arguments) {
        Ok(config) => config,
        Err(error) => {
            tracing::error!("{error}");
            return ExitCode::from(2);
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("{error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(serve(config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: Config) -> Result<(), StartError> {
    let (address, base) = (config.listen, config.base_path.clone());
    let sandbox = Sandbox::start(config)?;
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    tracing::info!("listening on http://{address}{base}");
    tokio::spawn(warm_up(sandbox.clone()));
    let queues = tokio::spawn(run_queues(sandbox.clone()));
    let ending = sandbox.clone();
    axum::serve(listener, app(&sandbox))
        .with_graceful_shutdown(async move {
            asked_to_end().await;
            tracing::info!("ending");
            ending.end();
        })
        .await?;
    queues.abort();
    Ok(())
}

/// Ctrl-C, or the signal that ends services.
async fn asked_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
