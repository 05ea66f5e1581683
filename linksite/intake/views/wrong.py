"""A form with something wrong in it, shown again so that whoever sent it lands where it is."""


class ShowsWhatIsWrong:
    """Shows the form again with its errors, the first field that has one in focus."""

    def form_invalid(self, form):
        """Give the page again, as 422."""
        for field in form:
            if field.errors and not field.is_hidden:
                field.field.widget.attrs["autofocus"] = True
                break
        return self.render_to_response(self.get_context_data(form=form), status=422)
