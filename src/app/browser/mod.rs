//! The only place that names web-sys or gloo: thin, translate, call, translate back.
