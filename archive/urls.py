"""Addresses of the archive's pages."""

from django.urls import path

from archive import views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("articles/", views.article_list, name="article_list"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>/card.png", views.article_card, name="article_card"),
    path("speakers/", views.speaker_list, name="speaker_list"),
    path("speakers/<str:key>/", views.speaker, name="speaker"),
    path("statements/<int:pk>/", views.statement, name="statement"),
    path("countries/", views.country_list, name="country_list"),
    path("countries/<str:code>/", views.country, name="country"),
    path("sources/", views.source_list, name="source_list"),
    path("sources/<str:key>/", views.source, name="source"),
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/<str:key>/", views.meeting, name="meeting"),
    path("meetings/<str:key>/figures/", views.meeting_figures, name="meeting_figures"),
]
