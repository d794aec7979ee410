//! One test program for the whole site.
