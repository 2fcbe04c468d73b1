"""How is the shipped model made? The scripts that learn it, each restartable, with a log and a fixed seed."""
