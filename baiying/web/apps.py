from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "baiying.web"
    label = "web"

    def ready(self) -> None:
        """Whoever signs in, by whichever page, begins a session that can be listed and ended."""
        from django.contrib.auth.signals import user_logged_in

        from baiying.web.signing import note_sign_in

        user_logged_in.connect(note_sign_in)
