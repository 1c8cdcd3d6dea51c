"""Setting up an installation, once: its district, its federations, the first people who may enter others."""
