"""Saving in the admin: row locks, stale versions, broken constraints at their field."""

from django.db import IntegrityError, connection

from claims.admin.conflicts import conflicting_fields, last_change
from claims.exceptions import ChangedMeanwhile, Incomplete, Refused
from claims.forms.base import version_token
from claims.models.constraints import Refusal, refusal_for


class CheckedSaveMixin:
    """Locks the row, and answers a refused save with its form as it was filled in."""

    # Steps lock in an order of their own; see the pages that switch this off.
    locks_row = True

    def get_object(self, request, object_id, from_field=None):
        # Django looks for a field without a name where `_to_field=` is empty.
        from_field = from_field or None
        if request.method == "GET":
            # A page looks at its row more than once: before it opens, and as a form.
            known = request.__dict__.setdefault("desk_rows", {})
            name = (self.model, str(object_id), from_field)
            if name not in known:
                known[name] = super().get_object(request, object_id, from_field)
            return known[name]
        thing = super().get_object(request, object_id, from_field)
        is_saved = getattr(request, "desk_saves", False) and self.locks_row
        if thing is None or not is_saved:
            return thing
        # Until the save is done, nobody changes the row between look and write.
        return self.model._default_manager.select_for_update(of=("self",)).get(
            pk=thing.pk
        )

    def _changeform_view(self, request, object_id, form_url, extra_context):
        request.desk_saves = request.method == "POST"
        response = super()._changeform_view(request, object_id, form_url, extra_context)
        if request.desk_saves:
            # What is deferred is refused here, where the form can say so.
            connection.check_constraints()
            request.desk_saves = False
        return response

    def _delete_view(self, request, object_id, extra_context):
        request.desk_saves = request.method == "POST"
        return super()._delete_view(request, object_id, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusals = _refusals(request, self.get_inlines(request, obj))
        return form

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        for formset in formsets:
            formset.refusals = _row_refusals(request, formset.model)
            if getattr(request, "desk_conflict", False):
                for form in formset.forms:
                    form.is_only_shown = True
        return formsets, inlines

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ChangedMeanwhile as refusal:
            return self.stale_save(request, object_id, form_url, extra_context, refusal)
        except IntegrityError as error:
            found = refusal_for(error)
            if found is None:
                raise
            if found.rule.endswith("_version_counts_up"):
                stale = ChangedMeanwhile(found.sentence, None)
                return self.stale_save(
                    request, object_id, form_url, extra_context, stale
                )
            request.desk_refusals, request.desk_status = [found], 409
        except Incomplete as refusal:
            request.desk_status = refusal.status
            request.words_question = getattr(refusal, "question", None)
            request.desk_refusals = [
                Refusal("", field, str(sentence))
                for field, sentence in refusal.missing.items()
            ]
        except Refused as refusal:
            cause = refusal.__cause__
            found = refusal_for(cause) if isinstance(cause, IntegrityError) else None
            request.desk_refusals = [found or Refusal("", None, str(refusal))]
            request.desk_status = refusal.status
        # The same form again, with the refusal in it and all that was typed.
        return super().changeform_view(request, object_id, form_url, extra_context)

    def stale_save(self, request, object_id, form_url, extra_context, refusal):
        """Show stored beside typed values with 409; a second save overwrites them."""
        request.desk_refusals = [Refusal("", None, str(refusal))]
        request.desk_status = 409
        request.desk_conflict = True
        current = self.get_queryset(request).filter(pk=object_id).first()
        if current is None:
            raise refusal
        request.POST = request.POST.copy()
        request.POST["seen"] = version_token(current)
        self.renew_rows(request, current)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def renew_rows(self, request, current):
        """Hook: make posted inline rows new ones where they were deleted meanwhile."""

    def render_change_form(self, request, context, *args, **kwargs):
        if getattr(request, "desk_conflict", False):
            form = context["adminform"].form
            context["conflict"] = {
                "fields": conflicting_fields(form),
                "last": last_change(self.model, context["original"]),
            }
        response = super().render_change_form(request, context, *args, **kwargs)
        if request.method == "POST":
            response.status_code = getattr(request, "desk_status", 400)
        return response


def _refusals(request, inlines):
    """Return the errors of the last attempt that belong to the page's own form."""
    rows = {name for inline in inlines for name in _rules(inline.model)}
    found = getattr(request, "desk_refusals", [])
    return tuple(each for each in found if each.rule not in rows)


def _row_refusals(request, model):
    """Return the errors of the last attempt that belong to an inline's rows."""
    found = getattr(request, "desk_refusals", [])
    return tuple(each for each in found if each.rule in _rules(model))


def _rules(model):
    return {constraint.name for constraint in model._meta.constraints}
